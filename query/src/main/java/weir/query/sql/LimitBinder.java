// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FetchFirst;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.expr.WindowCall;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFunction;
import weir.query.fault.QueryException.Code;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;

/// OFFSET, LIMIT and FETCH FIRST, with ties or without.
final class LimitBinder {
    private final Session session;

    LimitBinder(Session session) {
        this.session = session;
    }

    /// `plan` after OFFSET and LIMIT or FETCH FIRST.
    LogicalPlan limit(LogicalPlan plan, Optional<Offset> offset, Optional<Node> limit) {
        long skip = offset.isPresent() ? rowCount(offset.get().getRowCount(), "OFFSET") : 0;
        long count = -1;
        Node node = limit.orElse(null);
        if (node instanceof Limit rows) {
            count = rowCount(rows.getRowCount(), "LIMIT");
        } else if (node instanceof FetchFirst fetch) {
            count = fetched(fetch);
            if (fetch.isWithTies()) {
                return withTies(fetch, plan, skip, count);
            }
        } else if (node != null) {
            throw Problem.unsupported(node);
        }
        return skip == 0 && count < 0 ? plan : new LogicalPlan.Limit(plan, skip, count);
    }

    private long fetched(FetchFirst node) {
        Expression rows = node.getRowCount().orElse(null);
        long count = rows == null ? 1 : rowCount(rows, "FETCH FIRST");
        if (count == 0) {
            throw Problem.at(node, Code.INVALID_VALUE, "FETCH FIRST row count must be positive");
        }
        return count;
    }

    private long rowCount(Expression node, String clause) {
        if (node instanceof AllRows) {
            return -1;
        }
        long count =
                switch (node) {
                    case LongLiteral literal -> literal.getParsedValue();
                    case Parameter parameter -> given(parameter, clause);
                    default -> throw Problem.unsupported(node);
                };
        if (count < 0) {
            throw Problem.at(node, Code.INVALID_VALUE, clause + " row count must not be negative");
        }
        return count;
    }

    private long given(Parameter node, String clause) {
        Expr.Literal literal = session.parameter(node);
        if (literal.type().isInteger() && literal.value() instanceof Long count) {
            return count;
        }
        throw Problem.mismatch(
                node,
                clause
                        + " row count must be a whole number: actual type "
                        + literal.type().displayName());
    }

    /// The rows whose rank, after those that are skipped, is at most `count`.
    private static LogicalPlan withTies(FetchFirst node, LogicalPlan plan, long skip, long count) {
        LogicalPlan.Sort sort = sortOf(plan);
        if (sort == null) {
            throw Problem.mismatch(node, "FETCH FIRST WITH TIES clause requires ORDER BY");
        }
        LogicalPlan rows = skip == 0 ? sort.input() : new LogicalPlan.Limit(sort, skip, -1);
        int width = rows.output().size();
        List<LogicalPlan.Field> fields = new ArrayList<>(rows.output());
        fields.add(new LogicalPlan.Field("_rank", BasicType.BIGINT));
        WindowCall rank =
                new WindowCall.Ranking(
                        WindowFunction.RANK,
                        List.of(),
                        false,
                        WindowFrame.DEFAULT,
                        BasicType.BIGINT);
        LogicalPlan ranked =
                new LogicalPlan.Window(
                        rows, List.of(), sort.keys(), List.of(rank), List.copyOf(fields));
        Expr isFirst =
                new Expr.Call(
                        ScalarFunction.LESS_OR_EQUAL,
                        List.of(
                                new Expr.Input(width, BasicType.BIGINT),
                                new Expr.Literal(BasicType.BIGINT, (Long) count)),
                        BasicType.BOOLEAN);
        LogicalPlan passing = new LogicalPlan.Filter(ranked, isFirst);
        List<LogicalPlan.Field> output = plan.output();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            columns.add(
                    plan instanceof LogicalPlan.Project project
                            ? project.expressions().get(i)
                            : new Expr.Input(i, output.get(i).type()));
        }
        return new LogicalPlan.Project(passing, List.copyOf(columns), output);
    }

    /// The sort whose rows `plan` gives, perhaps not all columns of; null when it sorts none.
    private static LogicalPlan.@Nullable Sort sortOf(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Project project
                && project.input() instanceof LogicalPlan.Sort sort) {
            return sort;
        }
        return plan instanceof LogicalPlan.Sort sort ? sort : null;
    }
}
