// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;

/// The weights of numbers in order, for quantiles: of each number alone while different ones are
/// few, then of ranges of neighbouring numbers, halved in count by dropping a bit of what tells
/// them apart. Ranges are as fine as [#ENTRIES_MAX] allows for all numbers together, whatever order
/// they come in: so the answer is the same however the rows were shared among threads, which
/// digests that merge centroids cannot say.
final class QuantileSummary {
    /// So many different numbers are told apart exactly.
    static final int ENTRIES_MAX = 8192;

    /// Dropped low bits of the keys.
    private int shift;

    /// The least key of each range, ascending, and its weight.
    private long[] keys = new long[0];

    private double[] weights = new double[0];

    /// What was added since, in no order.
    private long[] newKeys = new long[16];

    private double[] newWeights = new double[16];
    private int newCount;

    /// The number as bits whose order as whole numbers is that of the numbers.
    private static long key(double number) {
        long bits = Double.doubleToLongBits(number == 0 ? 0.0 : number);
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    private static double number(long key) {
        return Double.longBitsToDouble(key ^ ((key >> (Long.SIZE - 1)) & Long.MAX_VALUE));
    }

    /// Bytes that it takes.
    long sizeBytes() {
        return 16L * (keys.length + newKeys.length);
    }

    void add(double number, double weight) {
        addKey(key(number), weight);
    }

    private void addKey(long key, double weight) {
        if (newCount == newKeys.length) {
            if (newCount < ENTRIES_MAX) {
                newKeys = Arrays.copyOf(newKeys, 2 * newCount);
                newWeights = Arrays.copyOf(newWeights, 2 * newCount);
            } else {
                settle();
            }
        }
        newKeys[newCount] = key;
        newWeights[newCount++] = weight;
    }

    void merge(QuantileSummary other) {
        shift = Math.max(shift, other.shift);
        for (int i = 0; i < other.keys.length; i++) {
            addKey(other.keys[i], other.weights[i]);
        }
        for (int i = 0; i < other.newCount; i++) {
            addKey(other.newKeys[i], other.newWeights[i]);
        }
    }

    /// Puts what was added into the ranges.
    private void settle() {
        sortNew(0, newCount - 1);
        long[] all = new long[keys.length + newCount];
        double[] allWeights = new double[all.length];
        int old = 0;
        int fresh = 0;
        for (int i = 0; i < all.length; i++) {
            boolean isOld = fresh == newCount || (old < keys.length && keys[old] <= newKeys[fresh]);
            all[i] = isOld ? keys[old] : newKeys[fresh];
            allWeights[i] = isOld ? weights[old++] : newWeights[fresh++];
        }
        newCount = 0;
        int count = combined(all, allWeights, all.length);
        while (count > ENTRIES_MAX) {
            shift++;
            count = combined(all, allWeights, count);
        }
        keys = Arrays.copyOf(all, count);
        weights = Arrays.copyOf(allWeights, count);
    }

    /// Makes entries of one range one; gives how many are left.
    private int combined(long[] all, double[] allWeights, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept > 0 && all[kept - 1] >> shift == all[i] >> shift) {
                allWeights[kept - 1] += allWeights[i];
            } else {
                all[kept] = all[i];
                allWeights[kept++] = allWeights[i];
            }
        }
        return kept;
    }

    /// Sorts new keys, and their weights with them.
    private void sortNew(int from, int to) {
        boolean isUnit = true;
        for (int i = from; i <= to && isUnit; i++) {
            isUnit = newWeights[i] == 1;
        }
        if (isUnit) {
            Arrays.sort(newKeys, from, to + 1);
            return;
        }
        Integer[] order = new Integer[to + 1];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(newKeys[a], newKeys[b]));
        long[] sorted = new long[newKeys.length];
        double[] sortedWeights = new double[newKeys.length];
        for (int i = 0; i <= to; i++) {
            sorted[i] = newKeys[order[i]];
            sortedWeights[i] = newWeights[order[i]];
        }
        newKeys = sorted;
        newWeights = sortedWeights;
    }

    /// The first number with more than `share` of all weight up to it; the last where there is
    /// none.
    double quantile(double share) {
        settle();
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double before = 0;
        for (int i = 0; i < keys.length; i++) {
            before += weights[i];
            if (before > share * total) {
                return number(keys[i]);
            }
        }
        return number(keys[keys.length - 1]);
    }
}
