// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The hash function XXH64 with seed 0, as its specification (Yann Collet, xxHash) gives it.
public final class XxHash64 {
    /// The first of the primes that everything is multiplied by.
    public static final long PRIME_1 = 0x9E3779B185EBCA87L;

    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /// The sum of the first two, which is meant to wrap.
    private static final long SEED_LANE = 0x60EA27EEADC0B5D6L;

    private static final int STRIPE = 32;

    private XxHash64() {}

    /// The hash of `bytes`.
    public static long of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = bytes.length >= STRIPE ? stripes(in) : PRIME_5;
        hash += bytes.length;
        while (in.remaining() >= Long.BYTES) {
            hash ^= round(in.getLong());
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (in.remaining() >= Integer.BYTES) {
            hash ^= (in.getInt() & 0xffff_ffffL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
        }
        while (in.hasRemaining()) {
            hash ^= (in.get() & 0xff) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return finished(hash);
    }

    /// The hash of the eight bytes of a number, the lowest first.
    public static long of(long number) {
        long hash = (PRIME_5 + Long.BYTES) ^ round(number);
        return finished(Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4);
    }

    private static long finished(long mixed) {
        long hash = (mixed ^ mixed >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long stripes(ByteBuffer in) {
        long[] lanes = {SEED_LANE, PRIME_2, 0, -PRIME_1};
        while (in.remaining() >= STRIPE) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = round(lanes[i], in.getLong());
            }
        }
        long hash =
                Long.rotateLeft(lanes[0], 1)
                        + Long.rotateLeft(lanes[1], 7)
                        + Long.rotateLeft(lanes[2], 12)
                        + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(lane)) * PRIME_1 + PRIME_4;
        }
        return hash;
    }

    /// One round over eight bytes from nothing.
    static long round(long number) {
        return round(0, number);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }
}
