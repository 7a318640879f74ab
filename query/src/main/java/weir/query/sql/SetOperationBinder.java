// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Except;
import io.trino.sql.tree.Intersect;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.Union;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// UNION, INTERSECT and EXCEPT. The last two count how often each row comes from which side, in one
/// grouping, where NULL is a value like another; ALL then repeats the rows.
final class SetOperationBinder {
    private static final Expr ZERO = new Expr.Literal(BasicType.BIGINT, 0L);

    private final SetOperation node;
    private final String name;

    SetOperationBinder(SetOperation node) {
        this.node = node;
        this.name = Problem.nameOf(node);
    }

    /// Binds the operation over its operands, of which every column is shown.
    BoundQuery bind(List<BoundQuery> operands) {
        List<LogicalPlan.Field> fields = fields(operands);
        List<LogicalPlan> inputs = new ArrayList<>();
        operands.forEach(operand -> inputs.add(coerced(operand.plan(), fields)));
        LogicalPlan result =
                switch (node) {
                    case Union _ -> union(inputs, fields);
                    case Intersect _ -> counted(inputs, fields, true);
                    case Except _ -> counted(inputs, fields, false);
                    default -> throw Problem.unsupported(node);
                };
        return BoundQuery.of(result, List.of());
    }

    /// The columns of the result: the names of the first operand, and types that all become.
    private List<LogicalPlan.Field> fields(List<BoundQuery> operands) {
        List<LogicalPlan.Field> fields = operands.getFirst().plan().output();
        for (BoundQuery operand : operands.subList(1, operands.size())) {
            List<LogicalPlan.Field> others = operand.plan().output();
            if (others.size() != fields.size()) {
                throw Problem.mismatch(
                        node,
                        name
                                + " query has different number of fields: "
                                + fields.size()
                                + ", "
                                + others.size());
            }
            fields = widened(fields, others);
        }
        return fields;
    }

    private List<LogicalPlan.Field> widened(
            List<LogicalPlan.Field> fields, List<LogicalPlan.Field> others) {
        List<LogicalPlan.Field> wide = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            SqlType mine = fields.get(column).type();
            SqlType its = others.get(column).type();
            SqlType common = TypeCoercion.common(mine, its);
            if (common == null) {
                throw Problem.mismatch(
                        node,
                        "column "
                                + (column + 1)
                                + " in "
                                + name
                                + " query has incompatible types: "
                                + mine.displayName()
                                + ", "
                                + its.displayName());
            }
            wide.add(new LogicalPlan.Field(fields.get(column).name(), common));
        }
        return List.copyOf(wide);
    }

    private static LogicalPlan coerced(LogicalPlan plan, List<LogicalPlan.Field> fields) {
        List<Expr> columns = new ArrayList<>();
        boolean isSame = true;
        for (LogicalPlan.Field field : plan.output()) {
            SqlType type = fields.get(columns.size()).type();
            isSame &= field.type().equals(type);
            columns.add(TypeCoercion.coerce(new Expr.Input(columns.size(), field.type()), type));
        }
        return isSame ? plan : new LogicalPlan.Project(plan, List.copyOf(columns), fields);
    }

    private LogicalPlan union(List<LogicalPlan> inputs, List<LogicalPlan.Field> fields) {
        List<LogicalPlan> flat = new ArrayList<>();
        for (LogicalPlan input : inputs) {
            if (input instanceof LogicalPlan.Union inner) {
                flat.addAll(inner.inputs());
            } else {
                flat.add(input);
            }
        }
        LogicalPlan all = new LogicalPlan.Union(List.copyOf(flat), fields);
        return node.isDistinct()
                ? new LogicalPlan.Aggregate(all, columns(fields), List.of(), fields)
                : all;
    }

    private static List<Expr> columns(List<LogicalPlan.Field> fields) {
        List<Expr> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(new Expr.Input(columns.size(), field.type())));
        return List.copyOf(columns);
    }

    /// The rows of the first input by how often the others have them, from left to right.
    private LogicalPlan counted(
            List<LogicalPlan> inputs, List<LogicalPlan.Field> fields, boolean isIntersect) {
        LogicalPlan result = inputs.getFirst();
        for (LogicalPlan other : inputs.subList(1, inputs.size())) {
            result = counted(result, other, fields, isIntersect);
        }
        return result;
    }

    private LogicalPlan counted(
            LogicalPlan left,
            LogicalPlan right,
            List<LogicalPlan.Field> fields,
            boolean isIntersect) {
        List<LogicalPlan.Field> sided = new ArrayList<>(fields);
        sided.add(new LogicalPlan.Field("_left", BasicType.BOOLEAN));
        LogicalPlan both =
                new LogicalPlan.Union(
                        List.of(sided(left, sided, 1L), sided(right, sided, 0L)),
                        List.copyOf(sided));
        int width = fields.size();
        Expr isLeft = new Expr.Input(width, BasicType.BOOLEAN);
        List<LogicalPlan.Field> output = new ArrayList<>(fields);
        output.add(new LogicalPlan.Field("_lefts", BasicType.BIGINT));
        output.add(new LogicalPlan.Field("_rights", BasicType.BIGINT));
        LogicalPlan groups =
                new LogicalPlan.Aggregate(
                        both,
                        columns(fields),
                        List.of(countIf(isLeft), countIf(new Expr.Not(isLeft))),
                        List.copyOf(output));
        Expr lefts = new Expr.Input(width, BasicType.BIGINT);
        Expr rights = new Expr.Input(width + 1, BasicType.BIGINT);
        LogicalPlan rows =
                node.isDistinct()
                        ? new LogicalPlan.Filter(groups, passes(lefts, rights, isIntersect))
                        : new LogicalPlan.Repeat(groups, times(lefts, rights, isIntersect));
        return new LogicalPlan.Project(rows, columns(fields), fields);
    }

    private static LogicalPlan sided(
            LogicalPlan input, List<LogicalPlan.Field> sided, Long isLeft) {
        List<Expr> columns = new ArrayList<>(columns(input.output()));
        columns.add(new Expr.Literal(BasicType.BOOLEAN, isLeft));
        return new LogicalPlan.Project(input, List.copyOf(columns), List.copyOf(sided));
    }

    private static AggregateCall countIf(Expr condition) {
        return new AggregateCall(
                AggregateFunction.COUNT_IF, List.of(condition), false, null, BasicType.BIGINT);
    }

    private static Expr passes(Expr lefts, Expr rights, boolean isIntersect) {
        return new Expr.And(
                List.of(
                        call(ScalarFunction.GREATER_THAN, BasicType.BOOLEAN, lefts, ZERO),
                        call(
                                isIntersect ? ScalarFunction.GREATER_THAN : ScalarFunction.EQUAL,
                                BasicType.BOOLEAN,
                                rights,
                                ZERO)));
    }

    private static Expr times(Expr lefts, Expr rights, boolean isIntersect) {
        return call(
                isIntersect ? ScalarFunction.LEAST : ScalarFunction.SUBTRACT,
                BasicType.BIGINT,
                lefts,
                rights);
    }

    private static Expr call(ScalarFunction function, SqlType type, Expr left, Expr right) {
        return new Expr.Call(function, List.of(left, right), type);
    }
}
