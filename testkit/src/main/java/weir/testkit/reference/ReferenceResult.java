// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Rows of values and what SQL does after grouping: having, order, distinct, offset, limit.
/// Immutable; each method gives a new result.
///
/// Values are Long, Double, String, Boolean, Instant (a timestamp with time zone), LocalDate or
/// null.
public final class ReferenceResult {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final List<List<@Nullable Object>> rows;

    ReferenceResult(List<List<@Nullable Object>> rows) {
        this.rows = rows;
    }

    /// The rows.
    public List<List<@Nullable Object>> rows() {
        return rows;
    }

    /// Keeps the rows that pass.
    public ReferenceResult having(Predicate<List<@Nullable Object>> test) {
        List<List<@Nullable Object>> kept = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (test.test(row)) {
                kept.add(row);
            }
        }
        return new ReferenceResult(kept);
    }

    /// Computes new rows from these.
    public ReferenceResult map(
            Function<List<@Nullable Object>, List<@Nullable Object>> projection) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            out.add(projection.apply(row));
        }
        return new ReferenceResult(out);
    }

    /// Drops rows equal to an earlier one.
    public ReferenceResult distinct() {
        return new ReferenceResult(new ArrayList<>(new LinkedHashSet<>(rows)));
    }

    /// Sorts by columns counted from 1, as ORDER BY's ordinals; negative sorts descending. Nulls
    /// come last either way, as in Trino.
    public ReferenceResult orderBy(int... ordinals) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        Comparator<List<@Nullable Object>> order =
                (List<@Nullable Object> left, List<@Nullable Object> right) ->
                        compare(left, right, ordinals);
        sorted.sort(order);
        return new ReferenceResult(sorted);
    }

    /// Skips the first rows.
    public ReferenceResult offset(int count) {
        return new ReferenceResult(rows.subList(Math.min(count, rows.size()), rows.size()));
    }

    /// Keeps the first rows.
    public ReferenceResult limit(int count) {
        return new ReferenceResult(rows.subList(0, Math.min(count, rows.size())));
    }

    /// The values as the cells of a CSV file, the way Trino's client prints them; null is empty.
    public List<List<String>> cells() {
        List<List<String>> out = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (Object value : row) {
                cells.add(cell(value));
            }
            out.add(cells);
        }
        return out;
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Instant instant -> TIMESTAMP.format(instant);
            case Object other -> other.toString();
        };
    }

    private static int compare(
            List<@Nullable Object> left, List<@Nullable Object> right, int... ordinals) {
        for (int ordinal : ordinals) {
            int column = Math.abs(ordinal) - 1;
            int order = compare(left.get(column), right.get(column), ordinal < 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(@Nullable Object left, @Nullable Object right, boolean descending) {
        if (left == null) {
            return right == null ? 0 : 1;
        }
        if (right == null) {
            return -1;
        }
        return descending ? compareSame(right, left) : compareSame(left, right);
    }

    private static int compareSame(Object left, Object right) {
        return switch (left) {
            case Long number -> number.compareTo((Long) right);
            case Double number -> number.compareTo((Double) right);
            case Boolean truth -> truth.compareTo((Boolean) right);
            case Instant instant -> instant.compareTo((Instant) right);
            case LocalDate date -> date.compareTo((LocalDate) right);
            case Object text -> text.toString().compareTo(right.toString());
        };
    }
}
