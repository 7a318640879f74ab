// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import weir.ingest.record.FlowField;

/// Tells quickly that a token is no documented field name. Stateless.
final class FieldNames {
    /// For each letter, a bit for each size of a name that begins with it.
    private static final long[] SIZES = new long[26];

    static {
        for (FlowField field : FlowField.values()) {
            String name = field.headerName();
            SIZES[name.charAt(0) - 'a'] |= 1L << name.length();
        }
    }

    private FieldNames() {}

    /// Whether a documented name, in small or capital letters, begins with `first` and has `size`
    /// bytes.
    static boolean mayBeName(byte first, int size) {
        int letter = (first | 0x20) - 'a';
        return letter >= 0
                && letter < SIZES.length
                && size > 0
                && size < Long.SIZE
                && (SIZES[letter] >>> size & 1) != 0;
    }
}
