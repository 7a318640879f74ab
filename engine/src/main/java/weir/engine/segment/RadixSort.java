// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

/// Sorts unsigned numbers digit by digit from the least significant one; equal ones keep their
/// order. Stateless.
///
/// Everything that sorts many numbers here sorts with this: it is faster than sorts that compare,
/// and one method is compiled sooner than several.
final class RadixSort {
    /// Bits of a digit: its counters stay in the first cache.
    private static final int DIGIT_BITS = 11;

    private RadixSort() {}

    /// Sorts the first `count` of `keys` by what they have above their lowest `from` bits, which is
    /// at most `size` bits long, and gives whichever of the two arrays holds the result.
    static long[] sort(long[] keys, long[] spare, int count, int from, int size) {
        int passes = (size + DIGIT_BITS - 1) / DIGIT_BITS;
        int digitBits = (size + passes - 1) / passes;
        int[] counts = new int[passes << digitBits];
        count(keys, count, from, passes, digitBits, counts);
        long[] source = keys;
        long[] target = spare;
        for (int pass = 0; pass < passes; pass++) {
            if (toStarts(counts, pass << digitBits, 1 << digitBits, count)) {
                int shift = from + pass * digitBits;
                scatter(source, count, shift, digitBits, counts, pass << digitBits, target);
                long[] free = source;
                source = target;
                target = free;
            }
        }
        return source;
    }

    private static void count(
            long[] keys, int count, int from, int passes, int digitBits, int[] counts) {
        int mask = (1 << digitBits) - 1;
        for (int i = 0; i < count; i++) {
            long rest = keys[i] >>> from;
            for (int pass = 0; pass < passes; pass++) {
                counts[(pass << digitBits) + ((int) rest & mask)]++;
                rest >>>= digitBits;
            }
        }
    }

    /// Turns counts into where the keys of each digit begin; gives false when all keys have the
    /// same one, so that nothing is to be moved.
    private static boolean toStarts(int[] counts, int from, int digits, int count) {
        int start = 0;
        for (int digit = from; digit < from + digits; digit++) {
            int here = counts[digit];
            if (here == count) {
                return false;
            }
            counts[digit] = start;
            start += here;
        }
        return true;
    }

    private static void scatter(
            long[] source,
            int count,
            int shift,
            int digitBits,
            int[] starts,
            int offset,
            long[] target) {
        int mask = (1 << digitBits) - 1;
        for (int i = 0; i < count; i++) {
            long key = source[i];
            target[starts[offset + ((int) (key >>> shift) & mask)]++] = key;
        }
    }
}
