// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.LibraryFunction;
import weir.query.expr.RowFunction;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.Cidr;
import weir.query.value.ExprValue;
import weir.query.value.LikePattern;
import weir.query.value.Scalars;
import weir.query.value.TimeUnit;
import weir.query.value.ValueOrder;
import weir.query.value.Zones;

/// Chooses a node for each part of an expression: loops on primitives where there are some, else a
/// function on values; and around the largest parts that read one text column a table by code.
///
/// Expressions that are compiled together and run over the same batches share their equal parts:
/// those are computed once for a batch, and the same part of several columns has one table.
final class ExprCompiler {
    /// Most parts of expressions in which equal ones are looked for.
    private static final int SHARED_PARTS_MAX = 4096;

    private final boolean usesTables;
    private final boolean isOfAddresses;

    /// What stands several times in the expressions, with its node once it has one.
    private final Map<Expr, @Nullable ExprNode> repeated = new HashMap<>();

    /// By what is computed of one column: the nodes that do.
    private final Map<Expr, List<DictionaryNode>> lookups = new HashMap<>();

    private ExprCompiler(boolean usesTables, boolean isOfAddresses) {
        this.usesTables = usesTables;
        this.isOfAddresses = isOfAddresses;
    }

    /// A node for `expr`, for one thread.
    static ExprNode compile(Expr expr) {
        return compile(List.of(expr)).getFirst();
    }

    /// Nodes for all of `exprs`, for one thread, that are asked about the same batches.
    static List<ExprNode> compile(List<Expr> exprs) {
        ExprCompiler compiler = new ExprCompiler(true, false);
        compiler.findRepeated(exprs);
        List<ExprNode> nodes = new ArrayList<>();
        for (Expr expr : exprs) {
            ExprNode node = compiler.node(expr);
            nodes.add(node.canFail() ? new FailureCheckedNode(expr, node) : node);
        }
        return nodes;
    }

    private void findRepeated(List<Expr> exprs) {
        int left = SHARED_PARTS_MAX;
        for (Expr expr : exprs) {
            left = ExprTree.left(expr, left);
            if (left < 0) {
                return;
            }
        }
        Set<Expr> seen = new HashSet<>();
        exprs.forEach(expr -> findRepeated(expr, seen));
    }

    private void findRepeated(Expr expr, Set<Expr> seen) {
        if (expr instanceof Expr.Input
                || expr instanceof Expr.Literal
                || expr instanceof Expr.Lambda) {
            return;
        }
        if (seen.add(expr)) {
            ExprTree.children(expr).forEach(part -> findRepeated(part, seen));
        } else if (ExprTree.isDeterministic(expr)) {
            repeated.put(expr, null);
        }
    }

    /// The same without tables: for batches that are dictionaries themselves.
    static ExprNode compilePlain(Expr expr) {
        return compileForValues(expr, false);
    }

    /// The same where it is known whether the only input holds nothing but addresses.
    static ExprNode compileForValues(Expr expr, boolean isAddresses) {
        return new ExprCompiler(false, isAddresses).node(expr);
    }

    private ExprNode node(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return new ConstantNode(literal.value(), literal.type());
        }
        if (expr instanceof Expr.Input input) {
            return new InputNode(input.index(), input.type());
        }
        NavigableSet<Integer> inputs = ExprInputs.of(expr);
        if (inputs.isEmpty() && ExprTree.isDeterministic(expr)) {
            return constant(expr);
        }
        if (!repeated.containsKey(expr)) {
            return single(expr, inputs);
        }
        ExprNode known = repeated.get(expr);
        if (known == null) {
            known = new SharedNode(single(expr, inputs));
            repeated.put(expr, known);
        }
        return known;
    }

    private ExprNode single(Expr expr, NavigableSet<Integer> inputs) {
        if (usesTables && ExprTree.isDeterministic(expr)) {
            if (inputs.size() == 1 && readsText(expr)) {
                Expr.Input column = ExprInputs.columns(expr).getFirst();
                return lookup(new InputNode(column.index(), column.type()), expr, column);
            }
            Expr text = CheapExpr.chosenText(expr);
            if (text != null) {
                return lookup(node(text), expr, text);
            }
        }
        return compound(expr);
    }

    /// `expr`, which reads its columns through `text` alone, looked up by the code of that.
    private ExprNode lookup(ExprNode operand, Expr expr, Expr text) {
        Expr ofText = replaced(expr, text, new Expr.Input(0, text.type()));
        List<DictionaryNode> alike = lookups.computeIfAbsent(ofText, _ -> new ArrayList<>());
        return DictionaryNode.among(alike, operand, () -> compilePlain(ofText));
    }

    private static Expr replaced(Expr expr, Expr part, Expr by) {
        return expr.equals(part)
                ? by
                : ExprTree.mapChildren(expr, child -> replaced(child, part, by));
    }

    /// A constant that fails does so only when a row asks for it.
    private static ExprNode constant(Expr expr) {
        try {
            return new ConstantNode(ExprValue.ofConstant(expr), expr.type());
        } catch (QueryException e) {
            return failing(expr.type(), e);
        }
    }

    private static ExprNode failing(SqlType type, QueryException failure) {
        return new FunctionNode(
                List.of(),
                _ -> {
                    throw new QueryException(failure.code(), String.valueOf(failure.getMessage()));
                },
                type,
                true,
                true);
    }

    /// Whether the one column that `expr` reads is text or addresses.
    private static boolean readsText(Expr expr) {
        return switch (expr) {
            case Expr.Input input ->
                    input.type() == BasicType.VARCHAR || input.type() == BasicType.IPADDRESS;
            default -> ExprTree.children(expr).stream().anyMatch(ExprCompiler::readsText);
        };
    }

    private ExprNode compound(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> new ConstantNode(literal.value(), literal.type());
            case Expr.Input input -> new InputNode(input.index(), input.type());
            case Expr.Symbol symbol -> throw new IllegalArgumentException("not bound: " + symbol);
            case Expr.Variable _, Expr.Lambda _ ->
                    throw new IllegalArgumentException("outside of a call: " + expr);
            case Expr.Call call -> call(call);
            case Expr.Apply apply -> apply(apply);
            case Expr.Try attempt -> new TryNode(attempt, node(attempt.operand()));
            case Expr.Cast cast -> cast(cast);
            case Expr.Case cases -> cases(cases);
            case Expr.And and -> new JunctionNode(nodes(and.parts()), true);
            case Expr.Or or -> new JunctionNode(nodes(or.parts()), false);
            case Expr.Not not -> new NotNode(node(not.operand()));
            case Expr.IsNull isNull -> new IsNullNode(node(isNull.operand()));
            case Expr.In in -> in(in);
            case Expr.Coalesce coalesce ->
                    new CoalesceNode(
                            nodes(coalesce.arguments()), CheapExpr.is(coalesce), coalesce.type());
        };
    }

    private List<ExprNode> nodes(List<Expr> exprs) {
        List<ExprNode> nodes = new ArrayList<>();
        for (Expr expr : exprs) {
            nodes.add(node(expr));
        }
        return nodes;
    }

    private ExprNode cases(Expr.Case cases) {
        List<ExprNode> conditions =
                nodes(cases.whens().stream().map(Expr.When::condition).toList());
        List<ExprNode> results = nodes(cases.whens().stream().map(Expr.When::result).toList());
        ExprNode otherwise = node(cases.otherwise());
        CaseNode exact = new CaseNode(conditions, results, otherwise, cases.type());
        if (exact.canFail()
                || conditions.size() > ChoiceNode.CONDITIONS_MAX
                || !CheapExpr.is(cases)) {
            return exact;
        }
        results.add(otherwise);
        return new ChoiceNode(conditions, results, cases.type());
    }

    private ExprNode in(Expr.In in) {
        boolean isConstant = in.candidates().stream().allMatch(c -> c instanceof Expr.Literal);
        SqlType type = in.operand().type();
        // NaN equals nothing, and inside of arrays and rows NULL may stand.
        if (!isConstant || type.form() == SqlType.Form.DOUBLES || type.isNested()) {
            return new InNode(node(in.operand()), nodes(in.candidates()));
        }
        List<@Nullable Object> values = new ArrayList<>();
        in.candidates().forEach(c -> values.add(((Expr.Literal) c).value()));
        if (!VectorBuilder.standsAsLongs(in.operand().type())) {
            Set<Object> objects = new HashSet<>();
            values.stream().filter(Objects::nonNull).forEach(objects::add);
            return new ValueInNode(node(in.operand()), objects, values.contains(null));
        }
        long[] longs = values.stream().filter(Objects::nonNull).mapToLong(v -> (Long) v).toArray();
        return new LongInNode(node(in.operand()), longs, longs.length < values.size());
    }

    private ExprNode apply(Expr.Apply apply) {
        if (apply.arguments().stream().anyMatch(Expr.Lambda.class::isInstance)) {
            return new RowwiseNode(apply);
        }
        LibraryFunction function = apply.function();
        List<ExprNode> arguments = nodes(apply.arguments());
        if (function.readsAddress()) {
            // Columns of addresses have them without their texts.
            Expr text = apply.arguments().getFirst();
            arguments =
                    List.of(
                            new AddressCastNode(
                                    arguments.getFirst(),
                                    new Expr.Cast(text, BasicType.IPADDRESS, true),
                                    false));
        }
        return new FunctionNode(
                arguments,
                function.start(),
                apply.type(),
                function.takesNulls(),
                function.canFail());
    }

    private ExprNode call(Expr.Call call) {
        ExprNode fast = fastCall(call);
        if (fast != null) {
            return fast;
        }
        if (call.arguments().stream().anyMatch(Expr.Lambda.class::isInstance)) {
            return new RowwiseNode(call);
        }
        ScalarFunction function = call.function();
        SqlType argument = ExprValue.argumentType(call);
        boolean takesNulls = function.takesNulls();
        RowFunction apply =
                function == ScalarFunction.CONTAINS
                        ? new CachedContains()
                        : values -> Scalars.apply(function, values, argument, call.type());
        return new FunctionNode(
                nodes(call.arguments()), apply, call.type(), takesNulls, canFail(call));
    }

    private static boolean canFail(Expr.Call call) {
        return switch (call.function()) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS_THAN,
                    LESS_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    ARRAY_OF,
                    ROW_OF,
                    FIELD,
                    CONCAT,
                    LOWER,
                    UPPER,
                    LENGTH,
                    TRIM,
                    SUBSTR,
                    STRPOS,
                    REPLACE,
                    STARTS_WITH,
                    POWER,
                    SQRT,
                    LN,
                    LOG10,
                    GREATEST,
                    LEAST,
                    BITWISE_AND,
                    BITWISE_OR,
                    BITWISE_XOR,
                    BITWISE_NOT,
                    TO_UNIXTIME,
                    UTC_DATE,
                    TO_ISO8601,
                    YEAR,
                    MONTH,
                    DAY,
                    HOUR,
                    MINUTE,
                    SECOND,
                    DAY_OF_WEEK,
                    DAY_OF_YEAR ->
                    false;
            default -> true;
        };
    }

    private @Nullable ExprNode fastCall(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        SqlType argument = ExprValue.argumentType(call);
        return switch (call.function()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULUS -> arithmetic(call);
            case EQUAL, NOT_EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL ->
                    comparison(call);
            case LIKE -> like(call);
            case CONTAINS -> contains(call);
            case FROM_UNIXTIME -> fromUnixTime(arguments.getFirst());
            case TO_UNIXTIME ->
                    argument == BasicType.DATE
                            ? null
                            : new LongToDoubleNode(node(arguments.getFirst()), 1000.0);
            case DATE_TRUNC -> truncate(call, argument);
            case UTC_DATE, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, DAY_OF_WEEK, DAY_OF_YEAR ->
                    longFunction(call, argument);
            case BITWISE_AND -> bitwiseAnd(call);
            case LEAST, GREATEST ->
                    VectorBuilder.standsAsLongs(call.type())
                                    && arguments.stream()
                                            .allMatch(each -> each.type().equals(call.type()))
                            ? new LongExtremeNode(
                                    nodes(arguments),
                                    call.function() == ScalarFunction.GREATEST,
                                    call.type())
                            : null;
            default -> null;
        };
    }

    private ExprNode fromUnixTime(Expr seconds) {
        return new FromUnixTimeNode(node(seconds));
    }

    private @Nullable ExprNode arithmetic(Expr.Call call) {
        if (call.type().isInteger()) {
            return new LongArithmeticNode(
                    call.function(), node(arg(call, 0)), node(arg(call, 1)), call.type());
        }
        return call.type() == BasicType.DOUBLE
                ? new DoubleArithmeticNode(call.function(), node(arg(call, 0)), node(arg(call, 1)))
                : null;
    }

    private static Expr arg(Expr.Call call, int index) {
        return call.arguments().get(index);
    }

    private @Nullable ExprNode comparison(Expr.Call call) {
        SqlType type = arg(call, 0).type();
        if (VectorBuilder.standsAsLongs(type)) {
            return new LongComparisonNode(call.function(), node(arg(call, 0)), node(arg(call, 1)));
        }
        if (type.form() == SqlType.Form.DOUBLES) {
            return new DoubleComparisonNode(
                    call.function(), node(arg(call, 0)), node(arg(call, 1)));
        }
        if (type == BasicType.VARCHAR
                && arg(call, 1) instanceof Expr.Literal literal
                && literal.value() instanceof String text) {
            return new TextTestNode(node(arg(call, 0)), textTest(call.function(), text));
        }
        if (type == BasicType.VARCHAR) {
            return new TextComparisonNode(call.function(), node(arg(call, 0)), node(arg(call, 1)));
        }
        return null;
    }

    private static java.util.function.Predicate<String> textTest(
            ScalarFunction function, String text) {
        return switch (function) {
            case EQUAL -> value -> value.equals(text);
            case NOT_EQUAL -> value -> !value.equals(text);
            default ->
                    value ->
                            TextComparisonNode.holds(function, ValueOrder.compareText(value, text));
        };
    }

    private @Nullable ExprNode like(Expr.Call call) {
        @Nullable String escape = null;
        if (call.arguments().size() > 2) {
            if (!(arg(call, 2) instanceof Expr.Literal literal)
                    || !(literal.value() instanceof String text)) {
                return null;
            }
            escape = text;
        }
        if (!(arg(call, 1) instanceof Expr.Literal literal)
                || !(literal.value() instanceof String pattern)) {
            return null;
        }
        try {
            return new TextTestNode(node(arg(call, 0)), LikePattern.of(pattern, escape)::matches);
        } catch (QueryException e) {
            return failing(call.type(), e);
        }
    }

    private @Nullable ExprNode contains(Expr.Call call) {
        if (!(arg(call, 0) instanceof Expr.Literal literal)
                || !(literal.value() instanceof String block)) {
            return null;
        }
        try {
            return new AddressTestNode(node(arg(call, 1)), Cidr.parse(block));
        } catch (QueryException e) {
            return failing(call.type(), e);
        }
    }

    private @Nullable ExprNode truncate(Expr.Call call, SqlType argument) {
        if (argument == BasicType.DATE
                || !(arg(call, 0) instanceof Expr.Literal literal)
                || !(literal.value() instanceof String name)) {
            return null;
        }
        try {
            TimeUnit unit = TimeUnit.of(name, false);
            ExprNode operand = node(arg(call, 1));
            return unit.millis() > 0 && unit != TimeUnit.WEEK
                    ? new TruncateNode(operand, unit.millis(), call.type())
                    : new LongFunctionNode(operand, unit::truncate, call.type());
        } catch (QueryException e) {
            return failing(call.type(), e);
        }
    }

    private ExprNode longFunction(Expr.Call call, SqlType argument) {
        ScalarFunction function = call.function();
        return new LongFunctionNode(
                node(arg(call, 0)),
                value -> Scalars.ofLong(function, value, argument),
                call.type());
    }

    private @Nullable ExprNode bitwiseAnd(Expr.Call call) {
        return arg(call, 1) instanceof Expr.Literal literal && literal.value() instanceof Long mask
                ? new LongFunctionNode(node(arg(call, 0)), value -> value & mask, call.type())
                : null;
    }

    private ExprNode cast(Expr.Cast cast) {
        SqlType from = cast.operand().type();
        SqlType to = cast.type();
        ExprNode operand = node(cast.operand());
        if (from.isInteger() && to == BasicType.BIGINT) {
            return new LongFunctionNode(operand, value -> value, to);
        }
        boolean isSameInstant =
                Timestamps.isInstant(from)
                        && Timestamps.isInstant(to)
                        && Timestamps.precision(from) <= Timestamps.precision(to);
        if (isSameInstant) {
            return new LongFunctionNode(operand, value -> value, to);
        }
        if (Timestamps.isElsewhere(from) && to == BasicType.TIMESTAMP) {
            return new LongFunctionNode(operand, value -> Zones.toLocal(value, from), to);
        }
        if (from.isInteger() && to == BasicType.DOUBLE) {
            return new LongToDoubleNode(operand, 1.0);
        }
        if (from == BasicType.VARCHAR && to == BasicType.IPADDRESS) {
            return new AddressCastNode(
                    operand, cast, isOfAddresses && operand instanceof InputNode);
        }
        return new FunctionNode(
                List.of(operand),
                values -> {
                    Object value = values[0];
                    return value == null ? null : ExprValue.convert(value, cast);
                },
                to,
                false,
                canFail(cast));
    }

    private static boolean canFail(Expr.Cast cast) {
        // A zone that is not supported fails even where one tries.
        boolean hasZone =
                cast.operand().type() == BasicType.VARCHAR && Timestamps.isInstant(cast.type());
        return hasZone || (!cast.isTry() && cast.type() != BasicType.VARCHAR);
    }

    /// contains(cidr, address) where the block differs by row: parsed again only when it changes.
    private static final class CachedContains implements RowFunction {
        private String text = "";
        private @Nullable Cidr block;

        @Override
        public @Nullable Object apply(@Nullable Object[] arguments) {
            String wanted = (String) Objects.requireNonNull(arguments[0]);
            Cidr known = block;
            if (known == null || !text.equals(wanted)) {
                known = Cidr.parse(wanted);
                text = wanted;
                block = known;
            }
            IpAddress address = (IpAddress) Objects.requireNonNull(arguments[1]);
            return known.contains(address) ? 1L : 0L;
        }
    }
}
