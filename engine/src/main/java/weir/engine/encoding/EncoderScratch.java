// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;

/// Memory that the choice of one block's form leaves to the next: what is in it means nothing once
/// a method that used it has returned. Confined to one thread.
final class EncoderScratch {
    /// Codes of up to so many bits are counted, and looked up, by a table of all of them.
    static final int TABLE_BITS = 17;

    /// Slots of a table of keys, for codes that are wider than that.
    private static final int KEYS = 4 * BlockShape.DISTINCT_MAX;

    private int[] table = new int[1 << 10];
    private int[] keys = new int[0];
    private int[] keyRows = new int[0];
    private int[] places = new int[0];
    private int[] classes = new int[0];

    /// An entry for each code of up to `width` bits, at most [#TABLE_BITS]; with anything in it.
    int[] table(int width) {
        if (table.length < 1 << width) {
            table = new int[1 << width];
        }
        return table;
    }

    /// Slots for keys, a power of two of them; with anything in it.
    int[] keys() {
        keys = keys.length == 0 ? new int[KEYS] : keys;
        return keys;
    }

    /// A count for each slot of [#keys].
    int[] keyRows() {
        keyRows = keyRows.length == 0 ? new int[KEYS] : keyRows;
        return keyRows;
    }

    /// The places of `count` rows in a list of codes.
    int[] places(int count) {
        places = places.length < count ? new int[roomFor(count)] : places;
        return places;
    }

    /// The classes of `count` codes by magnitude.
    int[] classes(int count) {
        classes = classes.length < count ? new int[roomFor(count)] : classes;
        return classes;
    }

    private static int roomFor(int count) {
        return count > Limits.BATCH_ROWS ? Limits.BLOCK_ROWS : count;
    }
}
