// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds every space and newline of a block. Confined to one thread.
/* Eight bytes a step ("SIMD within a register"): exclusive-or with the byte wanted makes its places
zero, and the exact zero-byte test of Mycroft in the form of Hacker's Delight, section 6-1, sets the
high bit of each zero byte and of no other, so that the set bits can simply be walked. Three places
are written for each step whether they exist or not: most steps have no more, and a branch on
how many there are would be mispredicted often. */
final class DelimiterScanner {
    /// Bytes that are read behind the block, and ignored.
    static final int SLACK_BYTES = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPACES = 0x2020202020202020L;
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final int SPARE = 16;

    private int[] positions = new int[1 << 10];
    private int count;
    private int newlineCount;

    /// Scans `bytes[from, to)`, of which at least [#SLACK_BYTES] more bytes can be read.
    void scan(byte[] bytes, int from, int to) {
        int[] found = positions;
        found[0] = from - 1;
        int n = 1;
        int newlines = 0;
        for (int at = from; at < to; at += 8) {
            if (n + SPARE > found.length) {
                found = Arrays.copyOf(found, 2 * found.length);
                positions = found;
            }
            long word = (long) LONG.get(bytes, at);
            long spaces = zeroBytes(word ^ SPACES);
            long lineEnds = zeroBytes(word ^ NEWLINES);
            if (to - at < 8) {
                long inside = (1L << (8 * (to - at))) - 1;
                spaces &= inside;
                lineEnds &= inside;
            }
            long marks = spaces | lineEnds;
            int here = Long.bitCount(marks);
            newlines += Long.bitCount(lineEnds);
            found[n] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            found[n + 1] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            found[n + 2] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            for (int i = 3; i < here; i++) {
                marks &= marks - 1;
                found[n + i] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            n += here;
        }
        count = n - 1;
        newlineCount = newlines;
    }

    /// The high bit of each byte that is zero.
    private static long zeroBytes(long word) {
        return ~((word & LOW_BITS) + LOW_BITS | word | LOW_BITS);
    }

    /// One before the block, then the places of all spaces and newlines in order.
    int[] positions() {
        return positions;
    }

    /// How many spaces and newlines there are.
    int count() {
        return count;
    }

    /// How many of them are newlines.
    int newlineCount() {
        return newlineCount;
    }
}
