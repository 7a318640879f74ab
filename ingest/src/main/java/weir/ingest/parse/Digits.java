// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import weir.engine.schema.Column;
import weir.engine.segment.NumberRows;

/// Decimal numbers in text, eight digits at a time. Stateless.
/* Eight digits become a number by three multiplications that each join neighbours: digits to pairs,
pairs to fours, fours to eight. The trick is known from Johnny Lee's "fast numeric string to int"
and Daniel Lemire's simdjson; a shorter token is shifted so that zero bytes stand in front. */
final class Digits {
    /// What a token that is no allowed number gives.
    static final long BAD = Long.MIN_VALUE + 1;

    /// What [#readNarrow] gives when a number does not fit narrow rows.
    static final int TOO_WIDE = -1;

    /// Bytes that are read behind a token, and ignored.
    static final int SLACK_BYTES = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long ABOVE_NINE = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long SMALL_MAX = 99_999_999L;

    private Digits() {}

    /// Reads one column of a run of lines: token `i` of row `r` lies between `positions[base + r *
    /// stride]` and the position after it; `trim` bytes at its end are not part of it. Values go to
    /// `values[first + r]`; where there is none that is allowed, `bad[r]` becomes 1. Gives whether
    /// there was such a row.
    static boolean read(
            byte[] bytes, TokenRun run, int field, long min, long max, long[] values, int first) {
        int[] positions = run.positions;
        byte[] bad = run.bad;
        int stride = run.stride;
        int rows = run.rows;
        int trim = run.trim(field);
        int at = run.base + field;
        int badCount = 0;
        for (int row = 0; row < rows; row++, at += stride) {
            int start = positions[at] + 1;
            int size = positions[at + 1] - trim - start;
            long value = read(bytes, start, size);
            if (value != Column.ABSENT && (value < min || value > max)) {
                bad[row] = 1;
                badCount++;
                value = Column.ABSENT;
            }
            values[first + row] = value;
        }
        return badCount != 0;
    }

    /// The same as narrow rows of [NumberRows]. Gives how many rows failed, or [#TOO_WIDE] when a
    /// number was not narrow; then nothing is said of any row.
    static int readNarrow(
            byte[] bytes, TokenRun run, int field, long min, long max, int[] values, int first) {
        int[] positions = run.positions;
        byte[] bad = run.bad;
        int stride = run.stride;
        int rows = run.rows;
        int trim = run.trim(field);
        int at = run.base + field;
        int badCount = 0;
        for (int row = 0; row < rows; row++, at += stride) {
            int start = positions[at] + 1;
            int size = positions[at + 1] - trim - start;
            long value = read(bytes, start, size);
            if (value < min || value > max) {
                if (value != Column.ABSENT) {
                    bad[row] = 1;
                    badCount++;
                }
                values[first + row] = NumberRows.NARROW_ABSENT;
            } else if ((int) value == value) {
                values[first + row] = (int) value;
            } else {
                return TOO_WIDE;
            }
        }
        return badCount;
    }

    /// The number spelled by one token, [Column#ABSENT] for `-`, [#BAD] when it spells none.
    static long read(byte[] bytes, int start, int size) {
        if ((size - 1) >>> 3 != 0) {
            return readLong(bytes, start, size);
        }
        long digits = ((long) LONG.get(bytes, start) ^ ZEROS) << ((8 - size) * 8);
        if (((digits + ABOVE_NINE | digits) & HIGH_BITS) != 0
                || (size > 1 && bytes[start] == '0')) {
            return size == 1 && bytes[start] == '-' ? Column.ABSENT : BAD;
        }
        return eight(digits);
    }

    private static long readLong(byte[] bytes, int start, int size) {
        if (size < 1 || size > 19 || (size > 1 && bytes[start] == '0')) {
            return BAD;
        }
        if (size > 8 && size <= 16) {
            long head = ((long) LONG.get(bytes, start) ^ ZEROS) << ((16 - size) * 8);
            long tail = (long) LONG.get(bytes, start + size - 8) ^ ZEROS;
            long wrong = head + ABOVE_NINE | head | tail + ABOVE_NINE | tail;
            return (wrong & HIGH_BITS) != 0 ? BAD : eight(head) * (SMALL_MAX + 1) + eight(tail);
        }
        long value = 0;
        for (int i = start; i < start + size; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return BAD;
            }
            value = value * 10 + digit;
        }
        return value < 0 ? BAD : value; // 19 digits overflow at most once
    }

    private static long eight(long digits) {
        long pairs = digits * 10 + (digits >>> 8) & 0x00ff00ff00ff00ffL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000ffff0000ffffL;
        return fours * 10_000 + (fours >>> 32) & 0xffffffffL;
    }
}
