// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds where the tokens of a block end. Confined to one thread.
/* Eight bytes a step ("SIMD within a register"), sixty-four a round. A byte is marked when it is no
greater than a space: adding 0x5f to its low seven bits carries into the high bit otherwise (the
tests are Mycroft's in the form of Hacker's Delight, section 6-1, exact for each byte). Marks of
eight bytes become eight bits by one multiplication, and the set bits of sixty-four bytes are walked
eight at a time whether there are as many or not, since a branch on how many there are would be
mispredicted often (as simdjson does, Langdale and Lemire 2019). */
final class DelimiterScanner {
    /// Bytes that are read behind the block, and ignored.
    static final int SLACK_BYTES = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPACES = 0x2020202020202020L;
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ABOVE_SPACE = 0x5f5f5f5f5f5f5f5fL;

    /// Brings bit 8 i of a number to bit 56 + i.
    private static final long GATHER = 0x0102040810204080L;

    /// Adds up the bytes of a number in its highest one.
    private static final long SUM = 0x0101010101010101L;

    private static final int ROUND_BYTES = 64;
    private static final int FLATTENED = 10;

    private int[] positions = new int[1 << 10];
    private int count;
    private int newlineCount;

    /// Scans `bytes[from, to)`, of which at least [#SLACK_BYTES] more bytes can be read, for spaces
    /// and newlines, and takes any other control character for a newline: many blocks have none,
    /// and whether this one has shows when the newlines turn out to be where they should.
    void scanRegular(byte[] bytes, int from, int to) {
        reserve(to - from);
        int[] found = positions;
        found[0] = from - 1;
        int n = 1;
        int newlines = 0;
        int at = from;
        for (; at + ROUND_BYTES <= to; at += ROUND_BYTES) {
            long marks = 0;
            long controls = 0;
            for (int word = 0; word < 8; word++) {
                long text = (long) LONG.get(bytes, at + 8 * word);
                long here = ~((text & LOW_BITS) + ABOVE_SPACE | text) & HIGH_BITS;
                // Of all that is no greater than a space, only the space has this bit.
                controls += (here & ~(text << 2)) >>> 7;
                marks |= gathered(here) << (8 * word);
            }
            newlines += (int) ((controls * SUM) >>> 56);
            n = flatten(marks, at, found, n);
        }
        for (; at < to; at += 8) {
            long text = (long) LONG.get(bytes, at);
            long here = inside(~((text & LOW_BITS) + ABOVE_SPACE | text) & HIGH_BITS, to - at);
            newlines += Long.bitCount(here & ~(text << 2));
            n = flatten(gathered(here), at, found, n);
        }
        count = n - 1;
        newlineCount = newlines;
    }

    /// Scans the same bytes for spaces and newlines and nothing else.
    void scan(byte[] bytes, int from, int to) {
        reserve(to - from);
        int[] found = positions;
        found[0] = from - 1;
        int n = 1;
        int newlines = 0;
        for (int at = from; at < to; at += 8) {
            long text = (long) LONG.get(bytes, at);
            long lineEnds = inside(zeroBytes(text ^ NEWLINES), to - at);
            long marks = inside(zeroBytes(text ^ SPACES), to - at) | lineEnds;
            newlines += Long.bitCount(lineEnds);
            n = flatten(gathered(marks), at, found, n);
        }
        count = n - 1;
        newlineCount = newlines;
    }

    private void reserve(int bytes) {
        // The positions of a round may be written whether they exist or not.
        int most = bytes + 1 + ROUND_BYTES;
        if (positions.length < most) {
            positions = new int[Math.max(most, 2 * positions.length)];
        }
    }

    /// Writes the places of the set bits of `marks`, which stand for the bytes from `at` on, from
    /// `n` on, and gives where the next one goes.
    private static int flatten(long marks, int at, int[] found, int n) {
        long left = marks;
        int next = n;
        int end = n + Long.bitCount(marks);
        do {
            for (int i = 0; i < FLATTENED; i++) {
                found[next + i] = at + Long.numberOfTrailingZeros(left);
                left &= left - 1;
            }
            next += FLATTENED;
        } while (next < end);
        return end;
    }

    /// A bit for each byte whose high bit is set.
    private static long gathered(long marks) {
        return ((marks >>> 7) * GATHER) >>> 56;
    }

    /// The marks of the first `size` of eight bytes.
    private static long inside(long marks, int size) {
        return size < 8 ? marks & ((1L << (8 * size)) - 1) : marks;
    }

    /// The high bit of each byte that is zero.
    private static long zeroBytes(long word) {
        return ~((word & LOW_BITS) + LOW_BITS | word | LOW_BITS);
    }

    /// One before the block, then the places of all marked bytes in order.
    int[] positions() {
        return positions;
    }

    /// How many bytes are marked.
    int count() {
        return count;
    }

    /// How many of them are no spaces.
    int newlineCount() {
        return newlineCount;
    }
}
