// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.Arrays;

/// The last token of one column beside each value of another: the VPC of an interface is nearly
/// always the one it had before, and to compare with that is less than to look the token up.
/// Confined to one thread.
final class TokenMemo {
    /// Longs of a slot, laid out as those of [TokenTable].
    static final int SLOT_LONGS = 4;

    /// Ids of more values than these have no slot.
    private static final int IDS_MAX = 1 << 14;

    private long[] slots = new long[SLOT_LONGS << 6];

    /// The slots, with one for `id` unless it is too great.
    long[] slotsFor(int id) {
        if (id >= slots.length / SLOT_LONGS && id < IDS_MAX) {
            slots = Arrays.copyOf(slots, Integer.highestOneBit(id) * 2 * SLOT_LONGS);
        }
        return slots;
    }
}
