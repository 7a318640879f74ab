// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import weir.engine.schema.Column;

/// What is known of the values of one column in one block (or in a whole segment) without reading
/// them: a small materialised aggregate (Moerkotte, VLDB 1998).
///
/// For a dictionary column the values are codes, and the absent code 0 is counted, not compared.
///
/// @param rowCount rows covered
/// @param absentCount rows of them without a value
/// @param min the least value; unspecified when every row is absent
/// @param max the greatest value; unspecified when every row is absent
/// @param sum the sum of the values, of a number column
/// @param isSumExact whether `sum` did not overflow
public record ZoneMap(
        int rowCount, int absentCount, long min, long max, long sum, boolean isSumExact) {

    /// The zone of `values[from, to)`, where [Column#ABSENT] is absent.
    public static ZoneMap ofNumbers(long[] values, int from, int to) {
        int absent = 0;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long sum = 0;
        boolean isExact = true;
        for (int i = from; i < to; i++) {
            long value = values[i];
            if (value == Column.ABSENT) {
                absent++;
                continue;
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
            long next = sum + value;
            isExact &= ((sum ^ next) & (value ^ next)) >= 0;
            sum = next;
        }
        return new ZoneMap(to - from, absent, min, max, sum, isExact);
    }

    /// The zone of `codes[from, to)`, where 0 is absent.
    public static ZoneMap ofCodes(long[] codes, int from, int to) {
        int absent = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int i = from; i < to; i++) {
            long code = codes[i];
            if (code == 0) {
                absent++;
                continue;
            }
            min = Math.min(min, code);
            max = Math.max(max, code);
        }
        return new ZoneMap(to - from, absent, min, max, 0, false);
    }

    /// The zone of `codes[from, to)`, none negative, where 0 is absent.
    ///
    /// @param base what is added to a code to give a number
    /// @param isDictionary whether codes are values themselves, that are not added up
    public static ZoneMap ofCodes(int[] codes, int from, int to, long base, boolean isDictionary) {
        int least = Integer.MAX_VALUE;
        int greatest = 0;
        int present = 0;
        long sum = 0;
        for (int i = from; i < to; i++) {
            int code = codes[i];
            // One less than absent is the greatest number of 31 bits.
            least = Math.min(least, code - 1 & Integer.MAX_VALUE);
            greatest = Math.max(greatest, code);
            present += -code >>> 31;
            sum += code;
        }
        int absent = to - from - present;
        if (isDictionary) {
            return new ZoneMap(
                    to - from,
                    absent,
                    present == 0 ? Long.MAX_VALUE : least + 1L,
                    greatest,
                    0,
                    false);
        }
        return present == 0
                ? new ZoneMap(to - from, absent, Long.MAX_VALUE, Long.MIN_VALUE, 0, true)
                : new ZoneMap(
                        to - from,
                        absent,
                        base + least + 1,
                        base + greatest,
                        sum + base * present,
                        true);
    }

    /// The zone of the numbers `numbers[from, to)`, none of which is absent.
    public static ZoneMap ofPresent(int[] numbers, int from, int to) {
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        long sum = 0;
        for (int i = from; i < to; i++) {
            least = Math.min(least, numbers[i]);
            greatest = Math.max(greatest, numbers[i]);
            sum += numbers[i];
        }
        return new ZoneMap(to - from, 0, least, greatest, sum, true);
    }

    /// Whether no row has a value.
    public boolean isAllAbsent() {
        return absentCount == rowCount;
    }

    /// Whether some row has none.
    public boolean hasAbsent() {
        return absentCount > 0;
    }

    /// The zone of these rows and those of `other` together.
    public ZoneMap merge(ZoneMap other) {
        if (other.isAllAbsent() || isAllAbsent()) {
            ZoneMap known = isAllAbsent() ? other : this;
            return new ZoneMap(
                    rowCount + other.rowCount,
                    absentCount + other.absentCount,
                    known.min,
                    known.max,
                    known.sum,
                    known.isSumExact);
        }
        long total = sum + other.sum;
        boolean overflows = ((sum ^ total) & (other.sum ^ total)) < 0;
        return new ZoneMap(
                rowCount + other.rowCount,
                absentCount + other.absentCount,
                Math.min(min, other.min),
                Math.max(max, other.max),
                total,
                isSumExact && other.isSumExact && !overflows);
    }
}
