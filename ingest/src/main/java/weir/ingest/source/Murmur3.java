// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The 128-bit hash MurmurHash3_x64_128 with seed 0, fed piece by piece. Confined to one thread;
/// reusable after [#reset].
///
/// It tells contents apart by chance, not against someone who makes two contents collide on
/// purpose.
/* The algorithm is Austin Appleby's (public domain, SMHasher repository): sixteen bytes a step into
two 64-bit lanes, tail, and an avalanche at the end. */
final class Murmur3 {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private final byte[] tail = new byte[16];
    private int tailSize;
    private long size;
    private long h1;
    private long h2;

    /// Starts anew.
    void reset() {
        tailSize = 0;
        size = 0;
        h1 = 0;
        h2 = 0;
    }

    /// Feeds the bytes `[from, to)`.
    void update(byte[] bytes, int from, int to) {
        size += to - from;
        int at = from;
        if (tailSize > 0) {
            int taken = Math.min(16 - tailSize, to - at);
            System.arraycopy(bytes, at, tail, tailSize, taken);
            tailSize += taken;
            at += taken;
            if (tailSize < 16) {
                return;
            }
            mix(tail, 0, 16);
            tailSize = 0;
        }
        int end = at + (to - at & ~15);
        mix(bytes, at, end);
        tailSize = to - end;
        System.arraycopy(bytes, end, tail, 0, tailSize);
    }

    private void mix(byte[] bytes, int from, int to) {
        long a = h1;
        long b = h2;
        for (int i = from; i < to; i += 16) {
            a ^= mix1((long) LONG.get(bytes, i));
            a = (Long.rotateLeft(a, 27) + b) * 5 + 0x52dce729;
            b ^= mix2((long) LONG.get(bytes, i + 8));
            b = (Long.rotateLeft(b, 31) + a) * 5 + 0x38495ab5;
        }
        h1 = a;
        h2 = b;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    /// The hash of everything fed since the last [#reset]: first and last 64 bits.
    long[] digest() {
        long k1 = 0;
        long k2 = 0;
        for (int i = 0; i < tailSize; i++) {
            long value = tail[i] & 0xffL;
            if (i < 8) {
                k1 |= value << (8 * i);
            } else {
                k2 |= value << (8 * (i - 8));
            }
        }
        long a = h1 ^ mix1(k1) ^ size;
        long b = h2 ^ mix2(k2) ^ size;
        a += b;
        b += a;
        a = avalanche(a);
        b = avalanche(b);
        a += b;
        b += a;
        return new long[] {a, b};
    }

    private static long avalanche(long k) {
        long x = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
        x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
        return x ^ x >>> 33;
    }
}
