// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.AutoGroupBy;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.SimpleGroupBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import weir.query.expr.Expr;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;

/// GROUP BY: keys by name, place and expression, GROUPING SETS, ROLLUP, CUBE, and AUTO.
final class GroupByBinder {
    private static final int SETS_MAX = 2048;

    private final ExpressionBinder expressions;
    private final Names names;
    private final Aggregates aggregates;
    private final List<Expr> selected;

    /// @param selected the SELECT list
    GroupByBinder(
            ExpressionBinder expressions, Names names, Aggregates aggregates, List<Expr> selected) {
        this.expressions = expressions;
        this.names = names;
        this.aggregates = aggregates;
        this.selected = selected;
    }

    /// What `node` groups by.
    GroupKeys bind(GroupBy node) {
        requireFewSets(node);
        GroupKeys.Builder keys = new GroupKeys.Builder();
        for (GroupingElement element : node.getGroupingElements()) {
            switch (element) {
                case AutoGroupBy auto -> keys.add(List.of(all(auto)));
                case SimpleGroupBy simple -> keys.add(List.of(simple(simple)));
                case GroupingSets sets -> keys.add(choices(sets));
                default -> throw Problem.unsupported(element);
            }
        }
        return keys.build(node.isDistinct());
    }

    private static void requireFewSets(GroupBy node) {
        double count = 1;
        for (GroupingElement element : node.getGroupingElements()) {
            if (element instanceof GroupingSets sets) {
                int parts = sets.getSets().size();
                count *=
                        switch (sets.getType()) {
                            case CUBE -> Math.pow(2, parts);
                            case ROLLUP -> parts + 1;
                            case EXPLICIT -> parts;
                        };
            }
        }
        if (count > SETS_MAX) {
            throw Problem.at(
                    node,
                    Code.LIMIT_EXCEEDED,
                    "GROUP BY has more than "
                            + SETS_MAX
                            + " grouping sets but can contain at most "
                            + SETS_MAX);
        }
    }

    private List<Expr> simple(SimpleGroupBy node) {
        List<Expr> keys = new ArrayList<>();
        for (Expression expression : node.getExpressions()) {
            if (isAll(expression)) {
                keys.addAll(all(expression));
            } else {
                keys.add(key(expression));
            }
        }
        return keys;
    }

    /// GROUP BY ALL, as other systems call AUTO: to the parser it is a column of that name.
    private boolean isAll(Expression node) {
        return node instanceof Identifier name
                && name.getValue().equalsIgnoreCase("all")
                && !name.isDelimited()
                && names.source().find(List.of(), name.getValue()).isEmpty();
    }

    /// Everything that is selected but aggregates.
    private List<Expr> all(Node place) {
        List<Expr> keys = new ArrayList<>();
        for (Expr value : selected) {
            if (Aggregates.readsWindow(value)) {
                throw containsFunctions(place, "");
            }
            if (!aggregates.readsAny(value)) {
                keys.add(value);
            }
        }
        return keys;
    }

    private static QueryException containsFunctions(Node place, String which) {
        return Problem.at(
                place,
                Code.UNSUPPORTED,
                "GROUP BY clause cannot contain aggregations, window functions or grouping"
                        + " operations"
                        + which);
    }

    private Expr key(Expression node) {
        if (!(node instanceof LongLiteral ordinal)) {
            return expressions.bind(node);
        }
        long position = ordinal.getParsedValue();
        if (position < 1 || position > selected.size()) {
            throw Problem.at(
                    node,
                    Code.UNKNOWN_NAME,
                    "GROUP BY position " + position + " is not in select list");
        }
        Expr value = selected.get((int) position - 1);
        if (aggregates.readsAny(value)) {
            throw containsFunctions(node, ": column " + position + " of the select list is one");
        }
        return value;
    }

    /// The sets that GROUPING SETS, ROLLUP or CUBE stand for.
    private List<List<Expr>> choices(GroupingSets node) {
        List<List<Expr>> parts = new ArrayList<>();
        for (List<Expression> part : node.getSets()) {
            parts.add(part.stream().map(this::column).toList());
        }
        return switch (node.getType()) {
            case EXPLICIT -> parts;
            case ROLLUP -> rollup(parts);
            case CUBE -> cube(parts);
        };
    }

    private Expr column(Expression node) {
        if (!(node instanceof Identifier) && !(node instanceof DereferenceExpression)) {
            throw Problem.unknown(
                    node,
                    "GROUP BY expression must be a column reference: "
                            + ExpressionBinder.text(node)
                            + "; compute it in a subquery");
        }
        return expressions.bind(node);
    }

    /// All parts, all but the last, and so on to none.
    private static List<List<Expr>> rollup(List<List<Expr>> parts) {
        List<List<Expr>> sets = new ArrayList<>();
        for (int count = parts.size(); count >= 0; count--) {
            sets.add(parts.subList(0, count).stream().flatMap(List::stream).toList());
        }
        return sets;
    }

    /// Every choice of parts, all of them first; what is written twice is one part.
    private static List<List<Expr>> cube(List<List<Expr>> written) {
        List<Set<Expr>> parts =
                written.stream().<Set<Expr>>map(LinkedHashSet::new).distinct().toList();
        List<List<Expr>> sets = new ArrayList<>();
        for (int choice = (1 << parts.size()) - 1; choice >= 0; choice--) {
            List<Expr> set = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                if ((choice >> (parts.size() - 1 - part) & 1) == 1) {
                    set.addAll(parts.get(part));
                }
            }
            sets.add(set);
        }
        return sets;
    }
}
