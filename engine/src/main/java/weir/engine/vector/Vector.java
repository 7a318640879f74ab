// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

import org.jspecify.annotations.Nullable;

/// The values of one column for the rows of a batch. The arrays may be longer than the batch; only
/// the first `rowCount` entries count, and the batch knows how many that is. A vector belongs to
/// the thread that made it.
public sealed interface Vector {

    /// Whether row `row` is NULL.
    boolean isNull(int row);

    /// Whole numbers: integers, booleans (0 and 1), days, milliseconds.
    ///
    /// @param values one for each row; what stands in a NULL row is unspecified
    /// @param nulls true where a row is NULL; null when no row is
    record Longs(long[] values, boolean @Nullable [] nulls) implements Vector {
        @Override
        public boolean isNull(int row) {
            return nulls != null && nulls[row];
        }
    }

    /// Floating-point numbers.
    ///
    /// @param values one for each row; what stands in a NULL row is unspecified
    /// @param nulls true where a row is NULL; null when no row is
    record Doubles(double[] values, boolean @Nullable [] nulls) implements Vector {
        @Override
        public boolean isNull(int row) {
            return nulls != null && nulls[row];
        }
    }

    /// Texts or addresses as codes of a dictionary; NULL where the code's text is null.
    ///
    /// @param codes one for each row, each a code of `dictionary`
    /// @param dictionary what the codes stand for
    record Codes(int[] codes, Dictionary dictionary) implements Vector {
        /// The text of row `row`, null where that is NULL.
        public @Nullable String text(int row) {
            return dictionary.text(codes[row]);
        }

        @Override
        public boolean isNull(int row) {
            return dictionary.isNull(codes[row]);
        }
    }

    /// Values of any other type, one object a row; null is NULL.
    ///
    /// @param values one for each row
    record Objects(@Nullable Object[] values) implements Vector {
        @Override
        public boolean isNull(int row) {
            return values[row] == null;
        }
    }
}
