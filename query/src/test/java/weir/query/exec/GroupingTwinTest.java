// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;
import weir.query.value.ValueHash;
import weir.query.value.ValueOrder;
import weir.testkit.Seeds;

/// Random groupings give what a map of lists gives, in order of first rows, on any number of
/// threads.
class GroupingTwinTest {
    private static final List<Integer> KEYS = List.of(0, 1, 2, 4, 5, 6, 7, 8);

    @TempDir Path directory;

    @Test
    void groupingsEqualTheirTwins() {
        Random random = new Random(Seeds.next("GroupingTwinTest"));
        try (SampleTable table = SampleTable.create(directory, random, 3000, 900, 1, 2500, 700)) {
            RandomExpr exprs = new RandomExpr(random);
            for (int i = 0; i < 150; i++) {
                LogicalPlan.Aggregate plan = plan(table, exprs, random);
                List<List<@Nullable Object>> expected = twin(table, plan);
                assertSame(expected, Rows.of(plan, Rows.context(1)), plan);
                assertSame(expected, Rows.of(plan, Rows.context(4)), plan);
            }
        }
    }

    /// Groups by several sets are the groups by each, one behind the other, with NULL for what a
    /// set lacks.
    @Test
    void groupingSetsEqualTheGroupingsByEach() {
        Random random = new Random(Seeds.next("GroupingTwinTest.sets"));
        try (SampleTable table = SampleTable.create(directory, random, 700, 300, 1, 500)) {
            RandomExpr exprs = new RandomExpr(random);
            for (int i = 0; i < 60; i++) {
                LogicalPlan.Aggregate one = plan(table, exprs, random);
                int width = one.keys().size();
                List<List<Integer>> sets = new ArrayList<>();
                for (int n = random.nextInt(1, 5); n > 0; n--) {
                    List<Integer> set = new ArrayList<>();
                    for (int key = 0; key < width; key++) {
                        if (random.nextBoolean()) {
                            set.add(key);
                        }
                    }
                    sets.add(set);
                }
                List<LogicalPlan.Field> output = new ArrayList<>(one.output());
                output.add(new LogicalPlan.Field("set", BasicType.BIGINT));
                LogicalPlan.GroupingSets plan =
                        new LogicalPlan.GroupingSets(
                                one.input(), one.keys(), sets, one.calls(), output);
                List<List<@Nullable Object>> expected = new ArrayList<>();
                for (int set = 0; set < sets.size(); set++) {
                    List<Integer> keys = sets.get(set);
                    for (List<@Nullable Object> row : twin(table, plan.aggregate(set))) {
                        List<@Nullable Object> wide = new ArrayList<>();
                        for (int key = 0; key < width; key++) {
                            wide.add(keys.contains(key) ? row.get(keys.indexOf(key)) : null);
                        }
                        wide.addAll(row.subList(keys.size(), row.size()));
                        wide.add((long) set);
                        expected.add(wide);
                    }
                }
                assertSame(expected, Rows.of(plan, Rows.context(1)), plan);
                assertSame(expected, Rows.of(plan, Rows.context(4)), plan);
            }
        }
    }

    private static void assertSame(
            List<List<@Nullable Object>> expected,
            List<List<@Nullable Object>> actual,
            LogicalPlan plan) {
        assertEquals(expected.size(), actual.size(), plan::toString);
        for (int row = 0; row < expected.size(); row++) {
            for (int c = 0; c < expected.get(row).size(); c++) {
                Object wanted = expected.get(row).get(c);
                Object got = actual.get(row).get(c);
                String place = "row " + row + " column " + c + " of ";
                if (wanted instanceof Double number
                        && !number.isNaN()
                        && got instanceof Double other) {
                    assertEquals(number, other, Math.abs(number) * 1e-9 + 1e-9, () -> place + plan);
                } else {
                    assertEquals(wanted, got, () -> place + plan);
                }
            }
        }
    }

    private static LogicalPlan.Aggregate plan(SampleTable table, RandomExpr exprs, Random random) {
        List<Expr> keys = new ArrayList<>();
        List<LogicalPlan.Field> output = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            Expr key = RandomExpr.column(KEYS.get(random.nextInt(KEYS.size())));
            if (random.nextInt(4) == 0 && key.type() == BasicType.VARCHAR) {
                key = new Expr.Cast(key, BasicType.IPADDRESS, true);
            } else if (random.nextInt(5) == 0 && key.type().isInteger()) {
                key = RandomExpr.cast(key, BasicType.DOUBLE);
            }
            keys.add(key);
            output.add(new LogicalPlan.Field("k" + k, key.type()));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateFunction function : AggregateFunction.values()) {
            if (random.nextInt(3) == 0) {
                AggregateCall call = call(function, exprs, random);
                calls.add(call);
                output.add(new LogicalPlan.Field(function.name(), call.type()));
            }
        }
        Expr filter =
                random.nextInt(3) == 0
                        ? RandomExpr.call(
                                weir.query.expr.ScalarFunction.GREATER_THAN,
                                BasicType.BOOLEAN,
                                RandomExpr.column(SampleTable.START),
                                RandomExpr.number(1_700_000_000L + random.nextInt(20_000)))
                        : null;
        return new LogicalPlan.Aggregate(table.scan(filter), keys, calls, output);
    }

    static AggregateCall call(AggregateFunction function, RandomExpr exprs, Random random) {
        Expr bytes = RandomExpr.column(random.nextBoolean() ? SampleTable.BYTES : SampleTable.PORT);
        Expr any = RandomExpr.column(random.nextInt(9));
        boolean isDistinct = random.nextInt(3) == 0;
        Expr filter = random.nextInt(4) == 0 ? exprs.condition(0) : null;
        if (filter != null && filter.toString().matches("(?s).*(Cast|SPLIT_PART).*")) {
            // Conditions that may fail are not what is compared here.
            filter = null;
        }
        return switch (function) {
            case COUNT_ALL ->
                    new AggregateCall(function, List.of(), false, filter, BasicType.BIGINT);
            case COUNT ->
                    new AggregateCall(function, List.of(any), isDistinct, filter, BasicType.BIGINT);
            case COUNT_IF, BOOL_AND, BOOL_OR -> {
                Expr condition =
                        RandomExpr.call(
                                weir.query.expr.ScalarFunction.EQUAL, BasicType.BOOLEAN, any, any);
                SqlType type =
                        function == AggregateFunction.COUNT_IF
                                ? BasicType.BIGINT
                                : BasicType.BOOLEAN;
                yield new AggregateCall(function, List.of(condition), false, filter, type);
            }
            case SUM ->
                    new AggregateCall(
                            function, List.of(bytes), isDistinct, filter, BasicType.BIGINT);
            case AVG ->
                    new AggregateCall(
                            function, List.of(bytes), isDistinct, filter, BasicType.DOUBLE);
            case MIN, MAX, ANY_VALUE ->
                    new AggregateCall(function, List.of(any), false, filter, any.type());
            case MIN_BY, MAX_BY ->
                    new AggregateCall(function, List.of(any, bytes), false, filter, any.type());
            case COVAR_POP, COVAR_SAMP, CORR, REGR_SLOPE, REGR_INTERCEPT ->
                    new AggregateCall(
                            function,
                            List.of(
                                    RandomExpr.cast(bytes, BasicType.DOUBLE),
                                    RandomExpr.cast(
                                            RandomExpr.column(SampleTable.START),
                                            BasicType.DOUBLE)),
                            isDistinct,
                            filter,
                            BasicType.DOUBLE);
            case GEOMETRIC_MEAN, ENTROPY ->
                    new AggregateCall(
                            function,
                            List.of(
                                    RandomExpr.cast(
                                            RandomExpr.column(SampleTable.PORT), BasicType.DOUBLE)),
                            isDistinct,
                            filter,
                            BasicType.DOUBLE);
            case BITWISE_AND_AGG, BITWISE_OR_AGG, BITWISE_XOR_AGG ->
                    new AggregateCall(
                            function, List.of(bytes), isDistinct, filter, BasicType.BIGINT);
            case APPROX_DISTINCT ->
                    new AggregateCall(
                            function,
                            List.of(RandomExpr.column(random.nextInt(3))),
                            false,
                            filter,
                            BasicType.BIGINT);
            case APPROX_PERCENTILE ->
                    new AggregateCall(
                            function,
                            List.of(
                                    RandomExpr.cast(bytes, BasicType.BIGINT),
                                    new Expr.Literal(BasicType.DOUBLE, random.nextDouble())),
                            false,
                            filter,
                            BasicType.BIGINT);
            case MIN_VALUES, MAX_VALUES ->
                    new AggregateCall(
                            function,
                            List.of(any, new Expr.Literal(BasicType.BIGINT, 3L)),
                            isDistinct,
                            filter,
                            new SqlType.Array(any.type()));
            case MIN_BY_VALUES, MAX_BY_VALUES ->
                    new AggregateCall(
                            function,
                            List.of(any, bytes, new Expr.Literal(BasicType.BIGINT, 3L)),
                            false,
                            filter,
                            new SqlType.Array(any.type()));
            case CHECKSUM ->
                    new AggregateCall(
                            function, List.of(any), isDistinct, filter, BasicType.VARBINARY);
            case APPROX_MOST_FREQUENT ->
                    new AggregateCall(
                            function,
                            List.of(
                                    new Expr.Literal(BasicType.BIGINT, 3L),
                                    RandomExpr.cast(bytes, BasicType.BIGINT),
                                    new Expr.Literal(BasicType.BIGINT, 10L)),
                            false,
                            filter,
                            new SqlType.MapOf(BasicType.BIGINT, BasicType.BIGINT));
            case ARRAY_AGG, HISTOGRAM, MAP_AGG, MULTIMAP_AGG, MAP_UNION, LISTAGG ->
                    collecting(any, bytes, isDistinct, filter, random);
            default ->
                    new AggregateCall(
                            function,
                            List.of(RandomExpr.cast(bytes, BasicType.DOUBLE)),
                            isDistinct,
                            filter,
                            BasicType.DOUBLE);
        };
    }

    /// One of the aggregates that keep what they are given, in some order.
    private static AggregateCall collecting(
            Expr any, Expr bytes, boolean isDistinct, @Nullable Expr filter, Random random) {
        boolean isOrdered = random.nextBoolean();
        List<AggregateCall.Direction> order =
                isOrdered
                        ? List.of(
                                new AggregateCall.Direction(
                                        random.nextBoolean(), random.nextBoolean()))
                        : List.of();
        return switch (random.nextInt(4)) {
            case 0 ->
                    new AggregateCall(
                            AggregateFunction.ARRAY_AGG,
                            isOrdered ? List.of(any, any) : List.of(any),
                            isDistinct,
                            filter,
                            order,
                            new SqlType.Array(any.type()));
            case 1 ->
                    new AggregateCall(
                            AggregateFunction.HISTOGRAM,
                            List.of(any),
                            false,
                            filter,
                            new SqlType.MapOf(any.type(), BasicType.BIGINT));
            case 2 ->
                    new AggregateCall(
                            AggregateFunction.MAP_AGG,
                            isOrdered ? List.of(any, bytes, bytes) : List.of(any, bytes),
                            false,
                            filter,
                            order,
                            new SqlType.MapOf(any.type(), bytes.type()));
            default ->
                    new AggregateCall(
                            AggregateFunction.MULTIMAP_AGG,
                            isOrdered ? List.of(any, bytes, bytes) : List.of(any, bytes),
                            false,
                            filter,
                            order,
                            new SqlType.MapOf(any.type(), new SqlType.Array(bytes.type())));
        };
    }

    /// What [#collecting] gives, from rows one by one.
    private static @Nullable Object collected(AggregateCall call, List<@Nullable Object[]> rows) {
        List<@Nullable Object[]> kept = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Expr filter = call.filter();
            if (filter == null || isTrue(filter, row)) {
                kept.add(
                        call.arguments().stream()
                                .map(argument -> ExprValue.of(argument, row))
                                .toArray());
            }
        }
        if (!call.order().isEmpty()) {
            AggregateCall.Direction direction = call.order().getFirst();
            LogicalPlan.SortKey key =
                    new LogicalPlan.SortKey(0, direction.isDescending(), direction.isNullsFirst());
            int at = call.argumentCount();
            kept.sort((a, b) -> RowOrder.compare(key, a[at], b[at]));
        }
        switch (call.function()) {
            case MIN_VALUES, MAX_VALUES, MIN_BY_VALUES, MAX_BY_VALUES -> {
                return top(call, kept);
            }
            case APPROX_MOST_FREQUENT -> {
                return mostFrequent(kept);
            }
            default -> {}
        }
        if (call.function() == AggregateFunction.ARRAY_AGG) {
            List<@Nullable Object> values = new ArrayList<>();
            for (@Nullable Object[] row : kept) {
                if (!call.isDistinct() || !values.contains(row[0])) {
                    values.add(row[0]);
                }
            }
            return values.isEmpty() ? null : values;
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (@Nullable Object[] row : kept) {
            Object key = row[0];
            if (key != null) {
                collect(call.function(), map, key, row);
            }
        }
        return map.isEmpty() ? null : map;
    }

    private static @Nullable Object top(AggregateCall call, List<@Nullable Object[]> rows) {
        int key = call.arguments().size() - 2;
        boolean isMax =
                call.function() == AggregateFunction.MAX_VALUES
                        || call.function() == AggregateFunction.MAX_BY_VALUES;
        Comparator<@Nullable Object[]> byKey =
                (a, b) ->
                        ValueOrder.compare(
                                Objects.requireNonNull(a[key]), Objects.requireNonNull(b[key]));
        List<@Nullable Object> values = new ArrayList<>();
        rows.stream()
                .filter(row -> row[key] != null)
                .sorted(isMax ? byKey.reversed() : byKey)
                .forEach(row -> values.add(row[0]));
        List<@Nullable Object> counted =
                call.isDistinct() ? new ArrayList<>(new LinkedHashSet<>(values)) : values;
        return counted.isEmpty() ? null : counted.subList(0, Math.min(3, counted.size()));
    }

    private static @Nullable Object mostFrequent(List<@Nullable Object[]> rows) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        for (@Nullable Object[] row : rows) {
            if (row[1] != null) {
                counts.merge(row[1], 1L, Long::sum);
            }
        }
        Map<Object, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Object, Long>comparingByValue().reversed())
                .limit(3)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most.isEmpty() ? null : most;
    }

    private static @Nullable Object checksum(AggregateCall call, List<@Nullable Object[]> rows) {
        SqlType type = call.arguments().getFirst().type();
        List<@Nullable Object> values = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Expr filter = call.filter();
            if (filter == null || isTrue(filter, row)) {
                values.add(ExprValue.of(call.arguments().getFirst(), row));
            }
        }
        long sum = 0;
        for (Object value : call.isDistinct() ? new LinkedHashSet<>(values) : values) {
            sum += 0x9E3779B185EBCA87L * (value == null ? 1 : ValueHash.of(value, type));
        }
        byte[] bytes = ByteBuffer.allocate(8).putLong(Long.reverseBytes(sum)).array();
        return values.isEmpty() ? null : new Binary(bytes);
    }

    @SuppressWarnings("unchecked")
    private static void collect(
            AggregateFunction function,
            Map<Object, @Nullable Object> map,
            Object key,
            @Nullable Object[] row) {
        switch (function) {
            case HISTOGRAM -> map.merge(key, 1L, (a, b) -> (Long) a + (Long) b);
            case MAP_AGG -> {
                if (!map.containsKey(key)) {
                    map.put(key, row[1]);
                }
            }
            default ->
                    ((List<@Nullable Object>)
                                    map.computeIfAbsent(key, _ -> new ArrayList<Object>()))
                            .add(row[1]);
        }
    }

    private static List<List<@Nullable Object>> twin(
            SampleTable table, LogicalPlan.Aggregate plan) {
        Expr scanFilter = ((LogicalPlan.Scan) plan.input()).filter();
        Map<List<@Nullable Object>, List<@Nullable Object[]>> groups = new LinkedHashMap<>();
        if (plan.keys().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (@Nullable Object[] row : table.rows) {
            if (scanFilter != null && !isTrue(scanFilter, row)) {
                continue;
            }
            List<@Nullable Object> key = new ArrayList<>();
            plan.keys().forEach(expr -> key.add(ExprValue.of(expr, row)));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        List<List<@Nullable Object>> result = new ArrayList<>();
        groups.forEach((key, rows) -> {
            List<@Nullable Object> values = new ArrayList<>(key);
            plan.calls().forEach(call -> values.add(aggregate(call, rows)));
            result.add(values);
        });
        return result;
    }

    private static boolean isTrue(Expr condition, @Nullable Object[] row) {
        return Long.valueOf(1).equals(ExprValue.of(condition, row));
    }

    static @Nullable Object aggregate(AggregateCall call, List<@Nullable Object[]> rows) {
        if (call.type().isNested()) {
            return collected(call, rows);
        }
        if (call.function() == AggregateFunction.CHECKSUM) {
            return checksum(call, rows);
        }
        if (call.arguments().size() > 1) {
            return ofTuples(call, rows);
        }
        List<Object> values = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        long all = 0;
        for (@Nullable Object[] row : rows) {
            Expr filter = call.filter();
            if (filter != null && !isTrue(filter, row)) {
                continue;
            }
            all++;
            Object value =
                    call.arguments().isEmpty()
                            ? null
                            : ExprValue.of(call.arguments().getFirst(), row);
            if (value != null && (!call.isDistinct() || seen.add(value))) {
                values.add(value);
            }
        }
        if (call.function() == AggregateFunction.COUNT_ALL) {
            return all;
        }
        if (call.function() == AggregateFunction.COUNT) {
            return (long) values.size();
        }
        if (call.function() == AggregateFunction.COUNT_IF) {
            return values.stream().mapToLong(v -> (Long) v).sum();
        }
        if (values.isEmpty()) {
            return switch (call.function()) {
                case ENTROPY -> (Object) 0.0;
                case APPROX_DISTINCT -> (Object) 0L;
                default -> null;
            };
        }
        return ofValues(call.function(), values);
    }

    /// Aggregates of several arguments.
    private static @Nullable Object ofTuples(AggregateCall call, List<@Nullable Object[]> rows) {
        List<List<@Nullable Object>> tuples = new ArrayList<>();
        Expr filter = call.filter();
        for (@Nullable Object[] row : rows) {
            if (filter == null || isTrue(filter, row)) {
                List<@Nullable Object> tuple = new ArrayList<>();
                call.arguments().forEach(argument -> tuple.add(ExprValue.of(argument, row)));
                boolean isBy =
                        call.function() == AggregateFunction.MIN_BY
                                || call.function() == AggregateFunction.MAX_BY;
                if (isBy ? tuple.getLast() != null : !tuple.contains(null)) {
                    tuples.add(tuple);
                }
            }
        }
        List<List<@Nullable Object>> counted =
                call.isDistinct() ? tuples.stream().distinct().toList() : tuples;
        if (counted.isEmpty()) {
            return null;
        }
        return switch (call.function()) {
            case MIN_BY, MAX_BY -> best(call.function(), counted);
            case APPROX_PERCENTILE -> percentile(counted);
            default -> ofPairs(call.function(), counted);
        };
    }

    private static @Nullable Object best(
            AggregateFunction function, List<List<@Nullable Object>> tuples) {
        List<@Nullable Object> best = tuples.getFirst();
        for (List<@Nullable Object> tuple : tuples) {
            int order =
                    ValueOrder.compare(
                            Objects.requireNonNull(tuple.getLast()),
                            Objects.requireNonNull(best.getLast()));
            best = (function == AggregateFunction.MAX_BY ? order > 0 : order < 0) ? tuple : best;
        }
        return best.getFirst();
    }

    private static Object percentile(List<List<@Nullable Object>> tuples) {
        List<Long> sorted = tuples.stream().map(tuple -> (Long) tuple.getFirst()).sorted().toList();
        double share = (Double) Objects.requireNonNull(tuples.getFirst().getLast());
        int place = (int) Math.floor(share * sorted.size());
        return sorted.get(Math.min(place, sorted.size() - 1));
    }

    private static @Nullable Object ofPairs(
            AggregateFunction function, List<List<@Nullable Object>> tuples) {
        double n = tuples.size();
        double meanY = tuples.stream().mapToDouble(t -> (Double) t.get(0)).sum() / n;
        double meanX = tuples.stream().mapToDouble(t -> (Double) t.get(1)).sum() / n;
        double yx = 0;
        double yy = 0;
        double xx = 0;
        for (List<@Nullable Object> tuple : tuples) {
            double y = (Double) Objects.requireNonNull(tuple.get(0)) - meanY;
            double x = (Double) Objects.requireNonNull(tuple.get(1)) - meanX;
            yx += y * x;
            yy += y * y;
            xx += x * x;
        }
        // Means of whole numbers are off by their last bit: what is nothing but that is nothing.
        xx = xx < 1e-9 ? 0 : xx;
        yy = yy < 1e-9 ? 0 : yy;
        return switch (function) {
            case COVAR_POP -> yx / n;
            case COVAR_SAMP -> n < 2 ? null : (Object) (yx / (n - 1));
            case CORR -> xx == 0 || yy == 0 ? null : (Object) (yx / Math.sqrt(xx) / Math.sqrt(yy));
            case REGR_SLOPE -> xx == 0 ? null : (Object) (yx / xx);
            default -> xx == 0 ? null : (Object) (meanY - yx / xx * meanX);
        };
    }

    private static @Nullable Object ofValues(AggregateFunction function, List<Object> values) {
        return switch (function) {
            case SUM -> values.stream().mapToLong(v -> (Long) v).sum();
            case AVG -> values.stream().mapToLong(v -> (Long) v).average().orElseThrow();
            case MIN, BOOL_AND -> values.stream().min(ValueOrder::compare).orElseThrow();
            case MAX, BOOL_OR -> values.stream().max(ValueOrder::compare).orElseThrow();
            case ANY_VALUE -> Objects.requireNonNull(values.getFirst());
            case BITWISE_AND_AGG ->
                    values.stream().mapToLong(v -> (Long) v).reduce(-1, (a, b) -> a & b);
            case BITWISE_OR_AGG ->
                    values.stream().mapToLong(v -> (Long) v).reduce(0, (a, b) -> a | b);
            case BITWISE_XOR_AGG ->
                    values.stream().mapToLong(v -> (Long) v).reduce(0, (a, b) -> a ^ b);
            case APPROX_DISTINCT -> values.stream().distinct().count();
            case GEOMETRIC_MEAN ->
                    Math.exp(
                            values.stream()
                                    .mapToDouble(v -> Math.log((Double) v))
                                    .average()
                                    .orElseThrow());
            case ENTROPY -> entropy(values);
            case SKEWNESS, KURTOSIS -> shape(function, values);
            default -> spread(function, values);
        };
    }

    private static Object entropy(List<Object> values) {
        double all = values.stream().mapToDouble(v -> (Double) v).sum();
        return values.stream()
                .mapToDouble(v -> (Double) v / all)
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }

    private static @Nullable Object shape(AggregateFunction function, List<Object> values) {
        double n = values.size();
        double mean = values.stream().mapToDouble(v -> (Double) v).average().orElseThrow();
        double[] powers = new double[5];
        for (Object value : values) {
            for (int power = 2; power < powers.length; power++) {
                powers[power] += Math.pow((Double) value - mean, power);
            }
        }
        if (powers[2] < 1e-9) {
            powers = new double[5];
        }
        if (function == AggregateFunction.SKEWNESS) {
            return n < 3 ? null : (Object) (Math.sqrt(n) * powers[3] / Math.pow(powers[2], 1.5));
        }
        double spare = (n - 2) * (n - 3);
        double whole = (n - 1) * n * (n + 1) / spare * powers[4] / (powers[2] * powers[2]);
        return n < 4 ? null : (Object) (whole - 3 * (n - 1) * (n - 1) / spare);
    }

    private static @Nullable Object spread(AggregateFunction function, List<Object> values) {
        double mean = values.stream().mapToDouble(v -> (Double) v).average().orElseThrow();
        double squares = values.stream().mapToDouble(v -> Math.pow((Double) v - mean, 2)).sum();
        int count = values.size();
        return switch (function) {
            case VAR_POP -> squares / count;
            case STDDEV_POP -> Math.sqrt(squares / count);
            case VAR_SAMP -> count < 2 ? null : (Object) (squares / (count - 1));
            default -> count < 2 ? null : (Object) Math.sqrt(squares / (count - 1));
        };
    }
}
