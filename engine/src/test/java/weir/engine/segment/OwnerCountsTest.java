// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;

/// Counts in slots against exact counts of everything that was added.
class OwnerCountsTest {
    private record Pair(int owner, int value) {
        int slot() {
            return OwnerCounts.slot(owner, value);
        }
    }

    /// Each pair's own count less that of all others in its slot is the least that it may have, its
    /// own the most; one that is alone has exactly its own.
    private static void check(List<Pair> added) {
        OwnerCounts counts = new OwnerCounts();
        Map<Pair, Integer> exact = new HashMap<>();
        Map<Integer, Integer> ofSlot = new HashMap<>();
        for (Pair pair : added) {
            counts.add(pair.owner, pair.value);
            exact.merge(pair, 1, Integer::sum);
            ofSlot.merge(pair.slot(), 1, Integer::sum);
        }
        exact.forEach((pair, own) -> {
            int others = ofSlot.get(pair.slot()) - own;
            int found = counts.of(pair.owner, pair.value);
            assertTrue(found >= own - others && found <= own, () -> pair + ": " + found);
        });
    }

    private static List<Pair> pairs(Random random, int owners, int values, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Some of each owner are common.
            int value = random.nextInt(3) == 0 ? random.nextInt(values) : random.nextInt(3);
            pairs.add(new Pair(random.nextInt(owners), Math.min(value, values - 1)));
        }
        return pairs;
    }

    @Test
    void aPairCountsAtMostAsOftenAsItWasAdded() {
        Random random = Randoms.of("OwnerCountsTest");
        for (int owners : new int[] {1, 2, 63, 64, 65, 3000, 1 << 24}) {
            for (int values : new int[] {1, 2, 65, 5000, 1 << 24}) {
                check(pairs(random, owners, values, 20_000));
            }
        }
    }

    /// Pairs that were chosen to share one slot.
    @Test
    void ofPairsMadeToCollideTheCommonestCounts() {
        Random random = Randoms.of("OwnerCountsTest");
        int slot = OwnerCounts.slot(random.nextInt(1 << 24), random.nextInt(1 << 24));
        List<Pair> colliding = new ArrayList<>();
        while (colliding.size() < 20) {
            Pair pair = new Pair(random.nextInt(1 << 24), random.nextInt(1 << 24));
            if (pair.slot() == slot) {
                colliding.add(pair);
            }
        }
        List<Pair> added = new ArrayList<>(colliding);
        for (int i = 0; i < 10_000; i++) {
            added.add(colliding.get(random.nextInt(5) == 0 ? random.nextInt(20) : 0));
        }
        java.util.Collections.shuffle(added, random);
        check(added);
        OwnerCounts counts = new OwnerCounts();
        added.forEach(pair -> counts.add(pair.owner, pair.value));
        assertTrue(counts.of(colliding.getFirst().owner, colliding.getFirst().value) > 5_000);
        for (Pair rarer : colliding.subList(1, 20)) {
            assertEquals(0, counts.of(rarer.owner, rarer.value));
        }
    }

    @Test
    void countsEndAtTheirGreatest() {
        OwnerCounts counts = new OwnerCounts();
        for (int i = 0; i < 2 * OwnerCounts.COUNT_MAX; i++) {
            counts.add(0, 0);
            counts.add((1 << 24) - 1, (1 << 24) - 1);
        }
        assertEquals(OwnerCounts.COUNT_MAX, counts.of(0, 0));
        assertEquals(OwnerCounts.COUNT_MAX, counts.of((1 << 24) - 1, (1 << 24) - 1));
        assertEquals(0, counts.of(0, 1));
    }
}
