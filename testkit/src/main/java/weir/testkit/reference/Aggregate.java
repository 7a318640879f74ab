// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A value computed over the rows of a group, with SQL's rules for null: nulls are skipped, and
/// over nothing but nulls all of them but the counts are null.
@FunctionalInterface
public interface Aggregate {

    /// The value over these rows.
    @Nullable Object over(List<ReferenceRow> rows);

    /// `count(*)`.
    static Aggregate count() {
        return rows -> (long) rows.size();
    }

    /// How many rows pass a test: `sum(CASE WHEN test THEN 1 ELSE 0 END)`.
    static Aggregate countIf(Predicate<ReferenceRow> test) {
        return rows -> {
            long count = 0;
            for (ReferenceRow row : rows) {
                if (test.test(row)) {
                    count++;
                }
            }
            return count;
        };
    }

    /// `count(DISTINCT of)`.
    static Aggregate countDistinct(Function<ReferenceRow, ? extends @Nullable Object> of) {
        return rows -> {
            Set<Object> seen = new HashSet<>();
            for (ReferenceRow row : rows) {
                Object value = of.apply(row);
                if (value != null) {
                    seen.add(value);
                }
            }
            return (long) seen.size();
        };
    }

    /// `sum(of)` over whole numbers; overflow is an error.
    static Aggregate sum(Function<ReferenceRow, @Nullable Long> of) {
        return rows -> {
            Long sum = null;
            for (ReferenceRow row : rows) {
                Long value = of.apply(row);
                if (value != null) {
                    sum = sum == null ? value : Math.addExact(sum, value);
                }
            }
            return sum;
        };
    }

    /// `sum` of an integer column.
    static Aggregate sum(String column) {
        return sum(row -> row.number(column));
    }

    /// `avg` of an integer column, as a Double.
    static Aggregate avg(String column) {
        return rows -> {
            long sum = 0;
            long count = 0;
            for (ReferenceRow row : rows) {
                Long value = row.number(column);
                if (value != null) {
                    sum = Math.addExact(sum, value);
                    count++;
                }
            }
            return count == 0 ? null : (Object) ((double) sum / count);
        };
    }

    /// `min(of)`; text compares by code points.
    static <T extends Comparable<T>> Aggregate min(Function<ReferenceRow, @Nullable T> of) {
        return best(of, Comparator.reverseOrder());
    }

    /// `max(of)`; text compares by code points.
    static <T extends Comparable<T>> Aggregate max(Function<ReferenceRow, @Nullable T> of) {
        return best(of, Comparator.naturalOrder());
    }

    private static <T extends Comparable<T>> Aggregate best(
            Function<ReferenceRow, @Nullable T> of, Comparator<T> order) {
        return rows -> {
            T best = null;
            for (ReferenceRow row : rows) {
                T value = of.apply(row);
                if (value != null && (best == null || order.compare(value, best) > 0)) {
                    best = value;
                }
            }
            return best;
        };
    }
}
