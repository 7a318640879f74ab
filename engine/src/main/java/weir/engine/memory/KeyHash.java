// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// Hashes for tables in memory, other ones in every process, so that nobody can write logs whose
/// values all collide. Never for anything that is stored.
///
/// The mixer is the finaliser of MurmurHash3 (Appleby): each bit of the key reaches all of the
/// hash.
public final class KeyHash {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = new SecureRandom().nextLong();

    private KeyHash() {}

    /// The hash of a number.
    public static long of(long key) {
        return mix(key ^ SEED);
    }

    /// The hash of a pair of numbers.
    public static long of(long first, long second) {
        return mix(mix(first ^ SEED) ^ second);
    }

    /// The hash of `bytes[from, to)`.
    public static long of(byte[] bytes, int from, int to) {
        long hash = mix(SEED + (to - from));
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = (rest << 8) | (bytes[at] & 0xff);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long key) {
        long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
