// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.WindowFrame;
import weir.query.expr.WindowFrame.Bound;
import weir.query.expr.WindowFrame.BoundKind;
import weir.query.expr.WindowFrame.Unit;
import weir.query.fault.QueryException;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// The frame of one window: which bounds go together, and what their offsets are counted in.
final class FrameBinder {
    private final FunctionCall call;
    private final WindowNames.Resolved window;

    FrameBinder(FunctionCall call, WindowNames.Resolved window) {
        this.call = call;
        this.window = window;
    }

    /// The frame, whose parts are bound by `binding`.
    WindowFrame bind(Function<Expression, Expr> binding) {
        io.trino.sql.tree.WindowFrame node = window.frame();
        if (node == null) {
            return WindowFrame.DEFAULT;
        }
        if (node.getPattern().isPresent() || !node.getMeasures().isEmpty()) {
            throw Problem.unsupported(
                    node, "Row pattern recognition (PATTERN, MEASURES) in a window");
        }
        FrameBound start = node.getStart();
        FrameBound end = node.getEnd().orElse(null);
        BoundKind from = kind(start);
        BoundKind to = end == null ? BoundKind.CURRENT_ROW : kind(end);
        requireOrder(node, from, to);
        Unit unit = Unit.valueOf(node.getType().name());
        return new WindowFrame(
                unit,
                bound(unit, from, start, binding),
                end == null ? Bound.of(to) : bound(unit, to, end, binding));
    }

    private static BoundKind kind(FrameBound bound) {
        return BoundKind.valueOf(bound.getType().name());
    }

    private static void requireOrder(Node node, BoundKind start, BoundKind end) {
        String rule = null;
        if (start == BoundKind.UNBOUNDED_FOLLOWING) {
            rule = "start cannot be UNBOUNDED FOLLOWING";
        } else if (end == BoundKind.UNBOUNDED_PRECEDING) {
            rule = "end cannot be UNBOUNDED PRECEDING";
        } else if (start == BoundKind.CURRENT_ROW && end == BoundKind.PRECEDING) {
            rule = "starting from CURRENT ROW cannot end with PRECEDING";
        } else if (start == BoundKind.FOLLOWING && end == BoundKind.PRECEDING) {
            rule = "starting from FOLLOWING cannot end with PRECEDING";
        } else if (start == BoundKind.FOLLOWING && end == BoundKind.CURRENT_ROW) {
            rule = "starting from FOLLOWING cannot end with CURRENT ROW";
        }
        if (rule != null) {
            throw Problem.mismatch(node, "Window frame " + rule);
        }
    }

    private Bound bound(
            Unit unit, BoundKind kind, FrameBound node, Function<Expression, Expr> binding) {
        Expression value = node.getValue().orElse(null);
        if (value == null) {
            return Bound.of(kind);
        }
        if (unit == Unit.RANGE) {
            return new Bound(kind, null, range(kind, value, binding));
        }
        if (unit == Unit.GROUPS && window.orderBy() == null) {
            throw missingOrder(unit);
        }
        Expr offset = binding.apply(value);
        boolean isWhole =
                offset.type().isInteger()
                        || (offset.type() instanceof SqlType.Decimal decimal
                                && decimal.scale() == 0);
        if (!isWhole) {
            throw Problem.mismatch(
                    value,
                    "Window frame "
                            + unit
                            + (node.equals(startNode()) ? " start" : " end")
                            + " value type must be exact numeric type with scale 0 (actual "
                            + offset.type().displayName()
                            + ")");
        }
        return new Bound(kind, ConstantFolding.cast(offset, BasicType.BIGINT, false), null);
    }

    private @Nullable FrameBound startNode() {
        io.trino.sql.tree.WindowFrame node = window.frame();
        return node == null ? null : node.getStart();
    }

    private QueryException missingOrder(Unit unit) {
        return Problem.mismatch(
                (Node) call.getWindow().orElseThrow(),
                "Window frame of type " + unit + " PRECEDING or FOLLOWING requires ORDER BY");
    }

    private WindowFrame.Range range(
            BoundKind kind, Expression offset, Function<Expression, Expr> binding) {
        OrderBy orderBy = window.orderBy();
        if (orderBy == null) {
            throw missingOrder(Unit.RANGE);
        }
        if (orderBy.getSortItems().size() != 1) {
            throw Problem.mismatch(
                    orderBy,
                    "Window frame of type RANGE PRECEDING or FOLLOWING requires single sort item in"
                            + " ORDER BY (actual: "
                            + orderBy.getSortItems().size()
                            + ")");
        }
        SortItem item = orderBy.getSortItems().getFirst();
        Expr key = binding.apply(item.getSortKey());
        if (!key.type().isNumeric() && !isTime(key.type())) {
            throw Problem.mismatch(
                    item.getSortKey(),
                    "Window frame of type RANGE PRECEDING or FOLLOWING requires that sort item type"
                            + " be numeric, datetime or interval (actual: "
                            + key.type().displayName()
                            + ")");
        }
        boolean isDescending = item.getOrdering() == SortItem.Ordering.DESCENDING;
        Expr limit = limit((kind == BoundKind.PRECEDING) != isDescending, item, offset, binding);
        SqlType common = TypeCoercion.common(key.type(), limit.type());
        if (common == null) {
            throw Problem.mismatch(
                    offset,
                    "Window frame RANGE value is not compatible with sort item type ("
                            + key.type().displayName()
                            + ")");
        }
        return new WindowFrame.Range(
                TypeCoercion.coerce(key, common), TypeCoercion.coerce(limit, common));
    }

    private static boolean isTime(SqlType type) {
        return type == BasicType.DATE || Timestamps.isTimestamp(type) || type.isInterval();
    }

    /// The sort key less or plus the offset, as SQL computes it.
    private static Expr limit(
            boolean isLess, SortItem item, Expression offset, Function<Expression, Expr> binding) {
        NodeLocation place = offset.getLocation().orElse(new NodeLocation(1, 1));
        return binding.apply(
                new ArithmeticBinaryExpression(
                        place,
                        isLess
                                ? ArithmeticBinaryExpression.Operator.SUBTRACT
                                : ArithmeticBinaryExpression.Operator.ADD,
                        item.getSortKey(),
                        offset));
    }
}
