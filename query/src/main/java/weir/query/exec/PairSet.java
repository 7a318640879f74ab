// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

/// A set of pairs of a group and a value id: open addressing over longs. Belongs to one thread.
final class PairSet {
    private static final int RECENT = 1 << 12;

    private final QueryContext context;
    private long[] slots = new long[1024];
    private int count;

    /// By hash a pair that is in the set: most pairs come again soon, and this stays in the cache.
    private final long[] recent = new long[RECENT];

    PairSet(QueryContext context) {
        this.context = context;
        context.reserve(8L * (slots.length + RECENT));
    }

    /// Adds a pair; ids count from 1. No entry is 0, which marks an empty slot.
    void add(int group, int id) {
        long pair = ((long) group << 32) | id;
        long hash = hash(pair);
        int place = (int) (hash >>> 52);
        if (recent[place] == pair) {
            return;
        }
        recent[place] = pair;
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
            if (slots[slot] == pair) {
                return;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = pair;
        if (2 * ++count > slots.length) {
            rehash();
        }
    }

    private static long hash(long pair) {
        long mixed = (pair ^ (pair >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    private void rehash() {
        context.reserve(8L * slots.length);
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long pair : old) {
            if (pair != 0) {
                int slot = (int) (hash(pair) >>> 32) & (slots.length - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = pair;
            }
        }
    }

    int size() {
        return count;
    }

    /// All pairs, each the group in its upper and the id in its lower half, in no order.
    long[] pairs() {
        long[] pairs = new long[count];
        int at = 0;
        for (long pair : slots) {
            if (pair != 0) {
                pairs[at++] = pair;
            }
        }
        return pairs;
    }
}
