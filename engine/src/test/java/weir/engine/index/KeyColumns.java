// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.util.Arrays;
import java.util.List;
import weir.engine.schema.Column;

/// Columns as an index takes them, from the values that it is to tell. Stateless.
public final class KeyColumns {
    private KeyColumns() {}

    /// Dictionary columns of these codes.
    public static List<KeyColumn> ofCodes(List<long[]> columns) {
        return columns.stream().map(codes -> new KeyColumn(codes(codes, 0), 0)).toList();
    }

    /// Number columns of these numbers, [Column#ABSENT] where there is none.
    public static List<KeyColumn> ofNumbers(List<long[]> columns) {
        return columns.stream().map(KeyColumns::ofNumbers).toList();
    }

    private static KeyColumn ofNumbers(long[] numbers) {
        long base = Arrays.stream(numbers).filter(n -> n != Column.ABSENT).min().orElse(1) - 1;
        return new KeyColumn(codes(numbers, base), base);
    }

    private static int[] codes(long[] values, long base) {
        return Arrays.stream(values)
                .mapToInt(n -> n == Column.ABSENT ? 0 : Math.toIntExact(n - base))
                .toArray();
    }
}
