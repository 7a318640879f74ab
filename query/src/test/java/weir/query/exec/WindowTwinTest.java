// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFrame.Bound;
import weir.query.expr.WindowFrame.BoundKind;
import weir.query.expr.WindowFrame.Unit;
import weir.query.expr.WindowFunction;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;
import weir.testkit.Seeds;

/// Random windows give what is found by looking at every row of the partition for every row: all
/// functions, all kinds of frames, NULLs and ties, on any number of threads.
class WindowTwinTest {
    private static final List<Integer> PARTITIONS = List.of(0, 1, 2, 5, 6, 7, 8);
    private static final List<Integer> RANGE_KEYS =
            List.of(SampleTable.PORT, SampleTable.BYTES, SampleTable.START, SampleTable.FLAGS);

    private static final List<Unit> UNITS = List.of(Unit.values());

    /// From the first place a bound can have to the last.
    private static final List<BoundKind> BOUNDS = List.of(BoundKind.values());

    private static final List<WindowFunction> FUNCTIONS = List.of(WindowFunction.values());

    /// Without those that collect, which have tests of their own.
    private static final List<AggregateFunction> AGGREGATES =
            Stream.of(AggregateFunction.values())
                    .filter(f -> !f.isOrdered() && f != AggregateFunction.HISTOGRAM)
                    .toList();

    @TempDir Path directory;

    @Test
    void windowsEqualTheirTwins() {
        Random random = new Random(Seeds.next("WindowTwinTest"));
        try (SampleTable table = SampleTable.create(directory, random, 180, 1, 90, 60)) {
            for (int i = 0; i < 250; i++) {
                LogicalPlan.Window plan = plan(table, random);
                List<List<@Nullable Object>> expected = twin(table, plan);
                assertSame(expected, Rows.of(plan, Rows.context(1)), plan);
                assertSame(expected, Rows.of(plan, Rows.context(4)), plan);
            }
        }
    }

    private static void assertSame(
            List<List<@Nullable Object>> expected,
            List<List<@Nullable Object>> actual,
            LogicalPlan.Window plan) {
        assertEquals(expected.size(), actual.size(), plan::toString);
        for (int row = 0; row < expected.size(); row++) {
            for (int c = 0; c < expected.get(row).size(); c++) {
                Object wanted = expected.get(row).get(c);
                Object got = actual.get(row).get(c);
                String place = "row " + row + " column " + c + " of ";
                if (wanted instanceof Double number
                        && !number.isNaN()
                        && got instanceof Double other) {
                    assertEquals(number, other, Math.abs(number) * 1e-9 + 1e-6, () -> place + plan);
                } else {
                    assertEquals(wanted, got, () -> place + plan);
                }
            }
        }
    }

    // Random plans.

    private static LogicalPlan.Window plan(SampleTable table, Random random) {
        LogicalPlan.Scan scan = table.scan(null);
        List<Integer> partition = new ArrayList<>();
        for (int k = random.nextInt(3); k > 0; k--) {
            partition.add(PARTITIONS.get(random.nextInt(PARTITIONS.size())));
        }
        boolean isOfRange = random.nextInt(3) == 0;
        List<LogicalPlan.SortKey> order = new ArrayList<>();
        for (int k = isOfRange ? 1 : random.nextInt(3); k > 0; k--) {
            int column =
                    isOfRange
                            ? RANGE_KEYS.get(random.nextInt(RANGE_KEYS.size()))
                            : random.nextInt(9);
            order.add(new LogicalPlan.SortKey(column, random.nextBoolean(), random.nextBoolean()));
        }
        List<WindowCall> calls = new ArrayList<>();
        List<LogicalPlan.Field> output = new ArrayList<>(scan.output());
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            WindowFrame frame = frame(order, isOfRange, random);
            WindowCall call =
                    random.nextBoolean() ? ranking(frame, random) : aggregate(frame, random);
            calls.add(call);
            output.add(new LogicalPlan.Field("w" + n, call.type()));
        }
        return new LogicalPlan.Window(scan, partition, order, calls, output);
    }

    private static WindowFrame frame(
            List<LogicalPlan.SortKey> order, boolean isOfRange, Random random) {
        if (random.nextInt(4) == 0) {
            return WindowFrame.DEFAULT;
        }
        Unit unit = isOfRange ? Unit.RANGE : UNITS.get(random.nextInt(3));
        boolean hasOffsets = unit == Unit.ROWS || isOfRange || unit == Unit.GROUPS;
        while (true) {
            BoundKind start = BOUNDS.get(random.nextInt(4));
            BoundKind end = BOUNDS.get(random.nextInt(1, 5));
            boolean isOrdered = BOUNDS.indexOf(start) <= BOUNDS.indexOf(end);
            if (isOrdered && (hasOffsets || !(start.hasOffset() || end.hasOffset()))) {
                return new WindowFrame(
                        unit, bound(unit, start, order, random), bound(unit, end, order, random));
            }
        }
    }

    private static Bound bound(
            Unit unit, BoundKind kind, List<LogicalPlan.SortKey> order, Random random) {
        if (!kind.hasOffset()) {
            return Bound.of(kind);
        }
        if (unit != Unit.RANGE) {
            return new Bound(kind, offset(random), null);
        }
        LogicalPlan.SortKey sortKey = order.getFirst();
        Expr key = RandomExpr.cast(RandomExpr.column(sortKey.column()), BasicType.BIGINT);
        boolean isLess = (kind == BoundKind.PRECEDING) != sortKey.isDescending();
        Expr limit =
                RandomExpr.call(
                        isLess ? ScalarFunction.SUBTRACT : ScalarFunction.ADD,
                        BasicType.BIGINT,
                        key,
                        RandomExpr.number(random.nextInt(random.nextBoolean() ? 10 : 2000)));
        return new Bound(kind, null, new WindowFrame.Range(key, limit));
    }

    /// A constant, or another number for each row.
    private static Expr offset(Random random) {
        if (random.nextInt(4) > 0) {
            return RandomExpr.number(random.nextInt(random.nextBoolean() ? 4 : 300));
        }
        Expr port = RandomExpr.cast(RandomExpr.column(SampleTable.PORT), BasicType.BIGINT);
        return RandomExpr.call(
                ScalarFunction.BITWISE_AND,
                BasicType.BIGINT,
                new Expr.Coalesce(List.of(port, RandomExpr.number(3)), BasicType.BIGINT),
                RandomExpr.number(15));
    }

    private static WindowCall ranking(WindowFrame frame, Random random) {
        WindowFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        Expr any = RandomExpr.column(random.nextInt(9));
        boolean ignoresNulls = function.hasNullTreatment() && random.nextBoolean();
        List<Expr> arguments =
                switch (function) {
                    case NTILE ->
                            List.of(RandomExpr.number(random.nextInt(1, random.nextInt(2, 400))));
                    case SESSION_NUMBER ->
                            List.of(
                                    RandomExpr.column(SampleTable.BYTES),
                                    RandomExpr.column(SampleTable.START),
                                    RandomExpr.number(random.nextInt(500)));
                    case LAG, LEAD ->
                            switch (random.nextInt(3)) {
                                case 0 -> List.of(any);
                                case 1 -> List.of(any, offset(random));
                                default ->
                                        List.of(
                                                any,
                                                offset(random),
                                                new Expr.Coalesce(List.of(any), any.type()));
                            };
                    case FIRST_VALUE, LAST_VALUE -> List.of(any);
                    case NTH_VALUE -> List.of(any, RandomExpr.number(random.nextInt(1, 20)));
                    default -> List.of();
                };
        SqlType type =
                function.hasNullTreatment()
                        ? any.type()
                        : function == WindowFunction.PERCENT_RANK
                                        || function == WindowFunction.CUME_DIST
                                ? BasicType.DOUBLE
                                : BasicType.BIGINT;
        return new WindowCall.Ranking(
                function,
                arguments,
                ignoresNulls,
                function.hasFrame() ? frame : WindowFrame.DEFAULT,
                type);
    }

    private static WindowCall aggregate(WindowFrame frame, Random random) {
        AggregateFunction function = AGGREGATES.get(random.nextInt(AGGREGATES.size()));
        AggregateCall call = GroupingTwinTest.call(function, new RandomExpr(random), random);
        boolean isDistinct =
                call.isDistinct() && frame.start().kind() == BoundKind.UNBOUNDED_PRECEDING;
        List<Expr> arguments = call.arguments();
        if (function == AggregateFunction.MIN && random.nextBoolean()) {
            Expr bytes = RandomExpr.column(SampleTable.BYTES);
            arguments = List.of(RandomExpr.cast(bytes, BasicType.DOUBLE));
        }
        SqlType type =
                function == AggregateFunction.MIN ? arguments.getFirst().type() : call.type();
        return new WindowCall.Aggregate(
                new AggregateCall(function, arguments, isDistinct, null, call.order(), type),
                frame);
    }

    // The slow way.

    /// The rows of one partition, in order, and which group of peers each is of.
    private record Part(
            List<@Nullable Object[]> rows, List<Integer> groups, LogicalPlan.Window plan) {
        static Part of(List<@Nullable Object[]> rows, LogicalPlan.Window plan) {
            RowOrder order = new RowOrder(plan.order());
            rows.sort(order::compare);
            List<Integer> groups = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                boolean isPeer = i > 0 && order.compare(rows.get(i - 1), rows.get(i)) == 0;
                groups.add(i == 0 ? 0 : groups.getLast() + (isPeer ? 0 : 1));
            }
            return new Part(rows, groups, plan);
        }

        /// Groups of peers between two rows, negative when `b` comes first.
        int groupsBetween(int a, int b) {
            return groups.get(b) - groups.get(a);
        }

        @Nullable Object value(Expr expr, int row) {
            return ExprValue.of(expr, rows.get(row));
        }
    }

    private static List<List<@Nullable Object>> twin(SampleTable table, LogicalPlan.Window plan) {
        Map<List<@Nullable Object>, List<@Nullable Object[]>> partitions = new LinkedHashMap<>();
        for (@Nullable Object[] row : table.rows) {
            List<@Nullable Object> key = new ArrayList<>();
            plan.partition().forEach(column -> key.add(row[column]));
            partitions.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        List<List<@Nullable Object>> result = new ArrayList<>();
        for (List<@Nullable Object[]> rows : partitions.values()) {
            Part part = Part.of(rows, plan);
            for (int row = 0; row < rows.size(); row++) {
                List<@Nullable Object> values = new ArrayList<>(List.of());
                for (Object value : rows.get(row)) {
                    values.add(value);
                }
                for (WindowCall call : plan.calls()) {
                    values.add(value(call, part, row));
                }
                result.add(values);
            }
        }
        return result;
    }

    private static @Nullable Object value(WindowCall call, Part part, int row) {
        return switch (call) {
            case WindowCall.Aggregate aggregate -> {
                List<@Nullable Object[]> frame = new ArrayList<>();
                frame(aggregate.frame(), part, row).forEach(i -> frame.add(part.rows().get(i)));
                yield GroupingTwinTest.aggregate(aggregate.call(), frame);
            }
            case WindowCall.Ranking ranking -> ranking(ranking, part, row);
        };
    }

    private static List<Integer> frame(WindowFrame frame, Part part, int row) {
        List<Integer> rows = new ArrayList<>();
        for (int other = 0; other < part.rows().size(); other++) {
            if (isBehind(frame.unit(), frame.start(), part, row, other)
                    && isBefore(frame.unit(), frame.end(), part, row, other)) {
                rows.add(other);
            }
        }
        return rows;
    }

    private static long distance(Unit unit, Part part, int row, int other) {
        return unit == Unit.ROWS ? other - row : part.groupsBetween(row, other);
    }

    private static long offset(Bound bound, Part part, int row) {
        Expr offset = bound.offset();
        if (offset == null) {
            throw new IllegalArgumentException("no offset in " + bound);
        }
        long rows = (Long) part.value(offset, row);
        return bound.kind() == BoundKind.PRECEDING ? -rows : rows;
    }

    private static boolean isBehind(Unit unit, Bound bound, Part part, int row, int other) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> true;
            case CURRENT_ROW -> distance(unit, part, row, other) >= 0;
            case UNBOUNDED_FOLLOWING -> false;
            default ->
                    bound.range() == null
                            ? distance(unit, part, row, other) >= offset(bound, part, row)
                            : beside(bound.range(), part, row, other) >= 0;
        };
    }

    private static boolean isBefore(Unit unit, Bound bound, Part part, int row, int other) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> false;
            case CURRENT_ROW -> distance(unit, part, row, other) <= 0;
            case UNBOUNDED_FOLLOWING -> true;
            default ->
                    bound.range() == null
                            ? distance(unit, part, row, other) <= offset(bound, part, row)
                            : beside(bound.range(), part, row, other) <= 0;
        };
    }

    /// On which side of the limit of `row` the key of `other` is; NULLs are beyond all values on
    /// their side, and their own limit is NULL.
    private static int beside(WindowFrame.Range range, Part part, int row, int other) {
        LogicalPlan.SortKey key = part.plan().order().getFirst();
        return RowOrder.compare(
                key, part.value(range.key(), other), part.value(range.limit(), row));
    }

    private static @Nullable Object ranking(WindowCall.Ranking call, Part part, int row) {
        int size = part.rows().size();
        long before = 0;
        long upTo = 0;
        for (int other = 0; other < size; other++) {
            before += part.groupsBetween(row, other) < 0 ? 1 : 0;
            upTo += part.groupsBetween(row, other) <= 0 ? 1 : 0;
        }
        return switch (call.function()) {
            case ROW_NUMBER -> row + 1L;
            case RANK -> before + 1;
            case DENSE_RANK -> part.groupsBetween(0, row) + 1L;
            case PERCENT_RANK -> size == 1 ? 0.0 : (double) before / (size - 1);
            case CUME_DIST -> (double) upTo / size;
            case NTILE -> bucket((Long) part.value(call.arguments().getFirst(), row), size, row);
            case SESSION_NUMBER -> session(call, part, row);
            case LAG, LEAD -> shifted(call, part, row);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> ofFrame(call, part, row);
        };
    }

    private static Object session(WindowCall.Ranking call, Part part, int row) {
        long gap = (Long) part.value(call.arguments().get(2), row);
        long session = 1;
        Long latest = null;
        for (int other = 0; other <= row; other++) {
            Long start = (Long) part.value(call.arguments().get(0), other);
            Long end = (Long) part.value(call.arguments().get(1), other);
            if (start != null && latest != null && start > latest + gap) {
                session++;
            }
            for (Long time : new @Nullable Long[] {start, end}) {
                latest = time == null || (latest != null && latest > time) ? latest : time;
            }
        }
        return session;
    }

    /// Rows are dealt to buckets one each, round by round; which of them the row is in then.
    private static Object bucket(long buckets, int size, int row) {
        long first = 0;
        for (long bucket = 1; ; bucket++) {
            long rows = size / buckets + (bucket <= size % buckets ? 1 : 0);
            if (row < first + rows) {
                return bucket;
            }
            first += rows;
        }
    }

    private static @Nullable Object shifted(WindowCall.Ranking call, Part part, int row) {
        Expr value = call.arguments().getFirst();
        long left =
                call.arguments().size() < 2 ? 1 : (Long) part.value(call.arguments().get(1), row);
        int step = call.function() == WindowFunction.LAG ? -1 : 1;
        if (left == 0) {
            return part.value(value, row);
        }
        for (int other = row + step; other >= 0 && other < part.rows().size(); other += step) {
            if (!call.ignoresNulls() || part.value(value, other) != null) {
                left--;
            }
            if (left == 0) {
                return part.value(value, other);
            }
        }
        return call.arguments().size() < 3 ? null : part.value(call.arguments().get(2), row);
    }

    private static @Nullable Object ofFrame(WindowCall.Ranking call, Part part, int row) {
        Expr value = call.arguments().getFirst();
        List<@Nullable Object> values = new ArrayList<>();
        for (int other : frame(call.frame(), part, row)) {
            Object found = part.value(value, other);
            if (found != null || !call.ignoresNulls()) {
                values.add(found);
            }
        }
        if (call.function() == WindowFunction.LAST_VALUE) {
            return values.isEmpty() ? null : values.getLast();
        }
        long place =
                call.function() == WindowFunction.FIRST_VALUE
                        ? 1
                        : (Long) part.value(call.arguments().get(1), row);
        return place <= values.size() ? values.get((int) place - 1) : null;
    }
}
