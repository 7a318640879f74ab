// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.plan.JoinKey;
import weir.query.plan.JoinType;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A subquery in an expression, bound, as the value it gives: a symbol of a [SubqueryJoin], or an
/// expression of several. One that names nothing outside runs once.
final class Subquery {
    private final Node node;
    private final LogicalPlan plan;
    private final Correlation correlation;
    private final Decorrelation decorrelation;

    Subquery(Node node, LogicalPlan plan, Correlation correlation) {
        this.node = node;
        this.plan = plan;
        this.correlation = correlation;
        this.decorrelation = new Decorrelation(node);
    }

    /// The type of its one column.
    SqlType type() {
        return plan.output().getFirst().type();
    }

    /// The same with one column: where a row is compared with it, or it has several, that is the
    /// row of its columns.
    Subquery asColumn(boolean isRow) {
        List<LogicalPlan.Field> output = plan.output();
        if (output.size() == 1 && !isRow) {
            return this;
        }
        List<Expr> columns = new ArrayList<>();
        List<SqlType.Row.Field> fields = new ArrayList<>();
        for (LogicalPlan.Field field : output) {
            columns.add(new Expr.Input(columns.size(), field.type()));
            fields.add(new SqlType.Row.Field(null, field.type()));
        }
        SqlType type = new SqlType.Row(fields);
        Expr row = new Expr.Call(ScalarFunction.ROW_OF, List.copyOf(columns), type);
        LogicalPlan rows =
                new LogicalPlan.Project(
                        plan, List.of(row), List.of(new LogicalPlan.Field("_row", type)));
        return new Subquery(node, rows, correlation);
    }

    // EXISTS.

    /// Whether it has a row.
    Expr exists() {
        LogicalPlan rows = withoutShape(plan);
        if (isOnlyGroup(rows)) {
            return Conditions.TRUE;
        }
        if (rows instanceof LogicalPlan.Filter filter
                && isOnlyGroup(filter.input())
                && !correlation.isEmpty()) {
            Expr passes = ofOnlyGroup((LogicalPlan.Aggregate) filter.input(), filter.condition());
            return new Expr.Coalesce(List.of(passes, Conditions.FALSE), BasicType.BOOLEAN);
        }
        Decorrelation.Pulled pulled = decorrelation.pull(rows);
        return pulled.conditions().isEmpty() ? hasRow(pulled.plan()) : mark(pulled, List.of());
    }

    /// `rows` without what changes nothing of whether there is one.
    private static LogicalPlan withoutShape(LogicalPlan rows) {
        return switch (rows) {
            case LogicalPlan.Project project -> withoutShape(project.input());
            case LogicalPlan.Sort sort -> withoutShape(sort.input());
            case LogicalPlan.Limit limit when limit.offset() == 0 && limit.count() != 0 ->
                    withoutShape(limit.input());
            case LogicalPlan.Aggregate groups when !groups.keys().isEmpty() ->
                    withoutShape(groups.input());
            default -> rows;
        };
    }

    private static boolean isOnlyGroup(LogicalPlan rows) {
        return rows instanceof LogicalPlan.Aggregate groups && groups.keys().isEmpty();
    }

    private Expr hasRow(LogicalPlan rows) {
        LogicalPlan count =
                new LogicalPlan.Aggregate(
                        new LogicalPlan.Limit(rows, 0, 1),
                        List.of(),
                        List.of(countAll()),
                        List.of(new LogicalPlan.Field("_rows", BasicType.BIGINT)));
        Expr number = once(count).column(0);
        return Conditions.call(
                ScalarFunction.GREATER_THAN, number, new Expr.Literal(BasicType.BIGINT, 0L));
    }

    private static AggregateCall countAll() {
        return new AggregateCall(
                AggregateFunction.COUNT_ALL, List.of(), false, null, BasicType.BIGINT);
    }

    /// Its rows beside every outer row.
    private SubqueryJoin once(LogicalPlan row) {
        return new SubqueryJoin(node, JoinType.INNER, row, List.of(), null);
    }

    /// Whether an outer row has a match.
    ///
    /// @param more conditions besides those that were pulled
    private Expr mark(Decorrelation.Pulled pulled, List<Expr> more) {
        Split split = split(pulled, more);
        Expr residual = split.residual();
        if (residual != null || split.keys().isEmpty()) {
            return new SubqueryJoin(node, JoinType.MARK, pulled.plan(), split.keys(), residual)
                    .column(0);
        }
        List<Expr> values = split.keys().stream().map(JoinKey::right).toList();
        List<JoinKey> keys = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (JoinKey key : split.keys()) {
            SqlType type = key.right().type();
            keys.add(new JoinKey(key.left(), new Expr.Input(keys.size(), type), false));
            fields.add(new LogicalPlan.Field("_outer" + fields.size(), type));
        }
        LogicalPlan distinct =
                new LogicalPlan.Aggregate(pulled.plan(), values, List.of(), List.copyOf(fields));
        return new SubqueryJoin(node, JoinType.MARK, distinct, keys, null).column(0);
    }

    /// Conditions as keys of a join, and the rest.
    private record Split(List<JoinKey> keys, @Nullable Expr residual) {}

    private Split split(Decorrelation.Pulled pulled, List<Expr> more) {
        List<Expr> conditions = new ArrayList<>(pulled.conditions());
        conditions.addAll(more);
        List<JoinKey> keys = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr condition : conditions) {
            Equality equality = Equality.of(condition);
            if (equality == null) {
                rest.add(condition);
            } else {
                keys.add(
                        new JoinKey(
                                correlation.outside(equality.outer()), equality.inner(), false));
            }
        }
        return new Split(keys, Conditions.and(rest));
    }

    // IN.

    /// Whether `operand`, over the outer rows, is one of its values.
    Expr contains(Expr operand) {
        SqlType type = type();
        SqlType common = TypeCoercion.common(operand.type(), type);
        if (common == null) {
            throw Problem.mismatch(
                    node,
                    "value and result of subquery must be of the same type for IN expression: "
                            + operand.type().displayName()
                            + " vs "
                            + type.displayName());
        }
        Expr value = TypeCoercion.coerce(operand, common);
        Decorrelation.Pulled pulled = decorrelation.pull(plan);
        Expr column = TypeCoercion.coerce(new Expr.Input(0, type), common);
        if (!pulled.conditions().isEmpty()) {
            return containsOfRow(pulled, value, column);
        }
        LogicalPlan distinct =
                new LogicalPlan.Aggregate(
                        pulled.plan(),
                        List.of(column),
                        List.of(),
                        List.of(new LogicalPlan.Field(plan.output().getFirst().name(), common)));
        JoinKey key = new JoinKey(value, new Expr.Input(0, common), false);
        return new SubqueryJoin(node, JoinType.MARK_IN, distinct, List.of(key), null).column(0);
    }

    /// The same for values that differ by outer row: some equals; else, where the operand or some
    /// value is NULL, nothing is known.
    private Expr containsOfRow(Decorrelation.Pulled pulled, Expr operand, Expr column) {
        Expr outer = correlation.symbol(operand);
        Expr isEqual = Conditions.call(ScalarFunction.EQUAL, column, outer);
        Expr isUnknown = new Expr.Or(List.of(new Expr.IsNull(column), new Expr.IsNull(outer)));
        return new Expr.Case(
                List.of(
                        new Expr.When(mark(pulled, List.of(isEqual)), Conditions.TRUE),
                        new Expr.When(mark(pulled, List.of(isUnknown)), Conditions.UNKNOWN)),
                Conditions.FALSE,
                BasicType.BOOLEAN);
    }

    // Values.

    /// The value of its one row: NULL where it has none, a failure where it has two.
    Expr value() {
        return asColumn(false).values().getFirst();
    }

    /// Its columns aggregated to one row.
    List<Expr> aggregates(List<AggregateCall> calls) {
        List<LogicalPlan.Field> fields = new ArrayList<>();
        for (AggregateCall call : calls) {
            fields.add(new LogicalPlan.Field("_all" + fields.size(), call.type()));
        }
        LogicalPlan groups = new LogicalPlan.Aggregate(plan, List.of(), calls, List.copyOf(fields));
        return new Subquery(node, groups, correlation).values();
    }

    private List<Expr> values() {
        Shape shape = Shape.of(plan);
        if (shape.rows() instanceof LogicalPlan.Aggregate groups && groups.keys().isEmpty()) {
            Expr condition = Conditions.and(shape.conditions());
            List<Expr> columns =
                    condition == null
                            ? shape.columns()
                            : shape.columns().stream()
                                    .map(column -> Conditions.when(condition, column))
                                    .toList();
            return ofOnlyGroup(groups, columns);
        }
        if (correlation.isEmpty()) {
            SubqueryJoin row = once(isOneRow(plan) ? plan : new LogicalPlan.SingleRow(plan));
            List<Expr> columns = new ArrayList<>();
            plan.output().forEach(_ -> columns.add(row.column(columns.size())));
            return columns;
        }
        return ofRows(Shape.ofRows(plan), JoinType.SINGLE);
    }

    /// Its columns where each outer row is joined to all rows it has for it.
    ///
    /// @param type INNER, or LEFT for outer rows without any
    List<Expr> rows(JoinType type) {
        Shape shape = Shape.of(plan);
        boolean isGroup = isOnlyGroup(shape.rows()) && shape.conditions().isEmpty();
        return isGroup ? values() : ofRows(Shape.ofRows(plan), type);
    }

    private static boolean isOneRow(LogicalPlan rows) {
        return switch (rows) {
            case LogicalPlan.Values values -> values.rows().size() == 1;
            case LogicalPlan.Project project -> isOneRow(project.input());
            case LogicalPlan.SingleRow _ -> true;
            default -> isOnlyGroup(rows);
        };
    }

    private Expr ofOnlyGroup(LogicalPlan.Aggregate groups, Expr value) {
        return ofOnlyGroup(groups, List.of(value)).getFirst();
    }

    /// Expressions over the one group of an aggregation, of which each outer row has its own: those
    /// without input have the result of no rows.
    private List<Expr> ofOnlyGroup(LogicalPlan.Aggregate groups, List<Expr> values) {
        Decorrelation.Pulled input = decorrelation.pull(groups.input());
        Decorrelation.Pulled pulled = decorrelation.grouped(groups, input);
        Split split = split(pulled, List.of());
        boolean isSame = split.keys().isEmpty();
        SubqueryJoin join =
                new SubqueryJoin(
                        node,
                        isSame ? JoinType.INNER : JoinType.SINGLE,
                        pulled.plan(),
                        split.keys(),
                        split.residual());
        return values.stream()
                .map(value ->
                        correlation.outside(
                                ExprTree.mapInputs(
                                        value,
                                        column -> {
                                            Expr.Symbol symbol = join.column(column.index());
                                            return isSame
                                                    ? symbol
                                                    : orOfNoRows(
                                                            symbol,
                                                            groups.calls().get(column.index()));
                                        })))
                .toList();
    }

    private static Expr orOfNoRows(Expr.Symbol symbol, AggregateCall call) {
        Object value = call.function().ofNoRows();
        return value == null
                ? symbol
                : new Expr.Coalesce(
                        List.of(symbol, new Expr.Literal(symbol.type(), value)), symbol.type());
    }

    /// Expressions over rows that an outer row has. Where it has none they are NULL, even those
    /// that would not be.
    private List<Expr> ofRows(Shape shape, JoinType type) {
        Decorrelation.Pulled pulled = decorrelation.pull(shape.rows());
        Split split = split(pulled, List.of());
        int width = pulled.plan().output().size();
        List<Expr> expressions = new ArrayList<>();
        List<LogicalPlan.Field> fields = new ArrayList<>(pulled.plan().output());
        fields.forEach(field -> expressions.add(new Expr.Input(expressions.size(), field.type())));
        expressions.add(Conditions.TRUE);
        fields.add(new LogicalPlan.Field("_row", BasicType.BOOLEAN));
        LogicalPlan rows =
                new LogicalPlan.Project(
                        pulled.plan(), List.copyOf(expressions), List.copyOf(fields));
        boolean isSame = pulled.conditions().isEmpty() && type == JoinType.SINGLE;
        SubqueryJoin join =
                isSame
                        ? once(new LogicalPlan.SingleRow(rows))
                        : new SubqueryJoin(node, type, rows, split.keys(), split.residual());
        Expr isRow = new Expr.Not(new Expr.IsNull(join.column(width)));
        return shape.columns().stream()
                .map(column -> {
                    Expr value =
                            correlation.outside(
                                    ExprTree.mapInputs(
                                            column, input -> join.column(input.index())));
                    return column instanceof Expr.Input ? value : Conditions.when(isRow, value);
                })
                .toList();
    }

    /// The rows of a scalar subquery, and its projections and conditions on top, taken off.
    ///
    /// @param rows the rows
    /// @param columns what the subquery gives, over them
    /// @param conditions what must be true of a row, over them
    private record Shape(LogicalPlan rows, List<Expr> columns, List<Expr> conditions) {

        /// Down to an aggregation without keys where there is one.
        static Shape of(LogicalPlan plan) {
            return switch (plan) {
                case LogicalPlan.Project project -> of(project.input()).projected(project);
                case LogicalPlan.Sort sort -> of(sort.input());
                case LogicalPlan.Filter filter -> of(filter.input()).filtered(filter.condition());
                default -> identity(plan);
            };
        }

        /// Down to what may drop rows.
        static Shape ofRows(LogicalPlan plan) {
            return switch (plan) {
                case LogicalPlan.Project project -> ofRows(project.input()).projected(project);
                case LogicalPlan.Sort sort -> ofRows(sort.input());
                default -> identity(plan);
            };
        }

        private static Shape identity(LogicalPlan plan) {
            List<Expr> columns = new ArrayList<>();
            plan.output()
                    .forEach(field -> columns.add(new Expr.Input(columns.size(), field.type())));
            return new Shape(plan, columns, List.of());
        }

        private Expr over(Expr expr) {
            return ExprTree.mapInputs(expr, input -> columns.get(input.index()));
        }

        private Shape projected(LogicalPlan.Project project) {
            return new Shape(
                    rows, project.expressions().stream().map(this::over).toList(), conditions);
        }

        private Shape filtered(Expr condition) {
            List<Expr> more = new ArrayList<>(conditions);
            more.add(over(condition));
            return new Shape(rows, columns, more);
        }
    }
}
