// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// SplitMix64: small, fast, and the same everywhere. One thread uses one instance.
///
/// The mixing function is that of Steele, Lea and Flood (OOPSLA 2014).
final class SeededRandom {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    SeededRandom(long seed) {
        state = seed;
    }

    /// A generator whose stream depends on all the keys: slices, slots and objects each get one.
    static SeededRandom of(long seed, long first, long second, long third) {
        long state = mix(seed + GOLDEN);
        state = mix(31 * state + first);
        state = mix(37 * state + second);
        return new SeededRandom(mix(41 * state + third));
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /// An int in [0, bound).
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /// An int in [least, most].
    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /// Whether an event of so many in a thousand happens.
    boolean chance(int perThousand) {
        return below(1000) < perThousand;
    }
}
