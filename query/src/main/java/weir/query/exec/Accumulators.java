// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.type.SqlType;

/// Which accumulator computes an aggregate, and from which arguments.
final class Accumulators {
    private Accumulators() {}

    /// What is evaluated for each row. Spreads are functions of DOUBLE, and of whole numbers they
    /// are exact without the cast.
    static List<Expr> arguments(AggregateCall call) {
        return isSpread(call.function())
                        && call.arguments().getFirst() instanceof Expr.Cast cast
                        && cast.operand().type().isInteger()
                ? List.of(cast.operand())
                : call.arguments();
    }

    /// The same for rows of which each may stand for many: arguments of sums are sums over those.
    static Accumulator ofSums(AggregateCall call, List<Expr> arguments, QueryContext context) {
        return switch (call.function()) {
            case SUM -> new LongSumAccumulator(false, true, call.type(), context);
            case AVG -> new LongSumAccumulator(true, true, call.type(), context);
            case COUNT_IF -> CountAccumulator.ofSums(context);
            default -> of(call, arguments, context);
        };
    }

    private static boolean isSpread(AggregateFunction function) {
        return switch (function) {
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
            default -> false;
        };
    }

    /// A new accumulator of `call` over `arguments`, as [#arguments] gives them.
    static Accumulator of(AggregateCall call, List<Expr> arguments, QueryContext context) {
        if (arguments.isEmpty()) {
            return new CountAccumulator(null, false, context);
        }
        List<SqlType> types = arguments.stream().map(Expr::type).toList();
        Accumulator plain = plain(call, types, context);
        boolean isSameWithout =
                plain instanceof LongExtremeAccumulator || plain instanceof ValueAccumulator;
        boolean isDistinctItself = plain instanceof CollectAccumulator;
        return call.isDistinct() && !isSameWithout && !isDistinctItself
                ? new DistinctAccumulator(
                        plain,
                        new ArgumentIds(types, context),
                        call.function() == AggregateFunction.CHECKSUM,
                        context)
                : plain;
    }

    private static Accumulator plain(
            AggregateCall call, List<SqlType> types, QueryContext context) {
        AggregateFunction function = call.function();
        SqlType type = types.getFirst();
        return switch (function) {
            case COUNT_ALL, COUNT -> new CountAccumulator(type, false, context);
            case COUNT_IF -> new CountAccumulator(type, true, context);
            case SUM, AVG -> sum(call, type, context);
            case MIN, MAX, BOOL_AND, BOOL_OR, ANY_VALUE -> extreme(call, type, context);
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                    type.isInteger()
                            ? new LongSpreadAccumulator(function, context)
                            : new DoubleSumAccumulator(call, context);
            case MIN_BY, MAX_BY ->
                    new ByAccumulator(
                            function == AggregateFunction.MAX_BY,
                            call.type(),
                            types.get(1),
                            context);
            case MIN_VALUES, MAX_VALUES, MIN_BY_VALUES, MAX_BY_VALUES ->
                    new TopValuesAccumulator(call, types, context);
            case COVAR_POP, COVAR_SAMP, CORR, REGR_SLOPE, REGR_INTERCEPT ->
                    new MomentsAccumulator(call, context);
            case SKEWNESS, KURTOSIS, GEOMETRIC_MEAN, ENTROPY ->
                    new MomentsAccumulator(call, context);
            case CHECKSUM -> new ChecksumAccumulator(type, context);
            case BITWISE_AND_AGG, BITWISE_OR_AGG, BITWISE_XOR_AGG ->
                    new BitsAccumulator(function, context);
            case APPROX_DISTINCT -> new ApproxDistinctAccumulator(type, context);
            case APPROX_PERCENTILE -> new ApproxPercentileAccumulator(call.type(), types, context);
            case ARRAY_AGG,
                    MAP_AGG,
                    MULTIMAP_AGG,
                    MAP_UNION,
                    HISTOGRAM,
                    APPROX_MOST_FREQUENT,
                    LISTAGG ->
                    new CollectAccumulator(call, types, context);
        };
    }

    private static Accumulator sum(AggregateCall call, SqlType type, QueryContext context) {
        boolean isAverage = call.function() == AggregateFunction.AVG;
        if (type.isInteger() || type.isInterval()) {
            boolean isSum = SummaryNeed.isSum(call.arguments().getFirst());
            return new LongSumAccumulator(isAverage, isSum, call.type(), context);
        }
        return type.isFloating()
                ? new DoubleSumAccumulator(call, context)
                : new DecimalSumAccumulator(isAverage, call.type(), context);
    }

    private static Accumulator extreme(AggregateCall call, SqlType type, QueryContext context) {
        AggregateFunction function = call.function();
        if (function == AggregateFunction.ANY_VALUE || !VectorBuilder.standsAsLongs(type)) {
            return new ValueAccumulator(function, type, context);
        }
        boolean isMax = function == AggregateFunction.MAX || function == AggregateFunction.BOOL_OR;
        return new LongExtremeAccumulator(isMax, type, context);
    }
}
