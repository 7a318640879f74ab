// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;

/// The dictionary of a column that a segment does not have: only the absent value.
///
/// @param absentText what it reads as
/// @param isAddresses whether the column is one of addresses
record AbsentDictionary(@Nullable String absentText, boolean isAddresses) implements Dictionary {
    @Override
    public int size() {
        return 1;
    }

    @Override
    public @Nullable String text(int code) {
        return absentText;
    }

    @Override
    public @Nullable IpAddress address(int code) {
        return null;
    }

    @Override
    public boolean isSorted() {
        return true;
    }

    @Override
    public int codeOf(String text) {
        return text.equals(absentText) ? 0 : -1;
    }

    @Override
    public int lowerBound(IpAddress address) {
        return 1;
    }
}
