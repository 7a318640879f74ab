// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

/// Counts of (owner, value). Each pair has one slot, and no other: of two that share it the
/// commoner one is counted, so that a look needs no search, and hostile pairs do no harm. Confined
/// to one thread.
///
/// A slot is the pair, 24 bits each, and a count of 16 bits. Of pairs that share a slot the last
/// one left over is known when each number of the others is taken from it (Boyer and Moore's vote);
/// codes of more than 24 bits may be taken for others.
final class OwnerCounts {
    private static final int SLOT_BITS = 15;
    private static final int CODE_BITS = 24;
    private static final int COUNT_BITS = 64 - 2 * CODE_BITS;
    private static final long KEY_MASK = (1L << (2 * CODE_BITS)) - 1;

    /// More than these are not counted.
    static final int COUNT_MAX = (1 << COUNT_BITS) - 1;

    private final long[] slots = new long[1 << SLOT_BITS];

    void add(int owner, int value) {
        int slot = slot(owner, value);
        long key = key(owner, value);
        long known = slots[slot];
        if ((known & COUNT_MAX) == 0) {
            slots[slot] = (key << COUNT_BITS) | 1;
        } else if (known >>> COUNT_BITS != key) {
            slots[slot]--;
        } else if ((known & COUNT_MAX) < COUNT_MAX) {
            slots[slot]++;
        }
    }

    /// How often the pair was added, less how often those that share its slot were; 0 when these
    /// are more.
    int of(int owner, int value) {
        long known = slots[slot(owner, value)];
        return known >>> COUNT_BITS == key(owner, value) ? (int) (known & COUNT_MAX) : 0;
    }

    private static long key(int owner, int value) {
        return (((long) owner << CODE_BITS) ^ value) & KEY_MASK;
    }

    /// The slot of a pair.
    static int slot(int owner, int value) {
        return (int) ((key(owner, value) * 0x9E3779B97F4A7C15L) >>> (64 - SLOT_BITS));
    }
}
