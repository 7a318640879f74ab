// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.type.SqlType;

/// The aggregates, grouping operations and window functions met while the expressions of one SELECT
/// are bound.
///
/// Until the grouping is known, aggregate `i` stands in expressions as the input column that would
/// come `i` places behind the last one; for the others a symbol stands. Equal ones are one.
final class Aggregates {
    private final int inputWidth;
    private final WindowNames windowNames;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<WindowSlot> windows = new ArrayList<>();

    /// GROUPING(...) of these keys, which stands at `node`.
    record Operation(List<Expr> keys, Node node) {}

    /// @param inputWidth how many columns FROM has
    /// @param windowNames what the WINDOW clause declares
    Aggregates(int inputWidth, WindowNames windowNames) {
        this.inputWidth = inputWidth;
        this.windowNames = windowNames;
    }

    /// What the WINDOW clause declares.
    WindowNames windowNames() {
        return windowNames;
    }

    /// What stands for `call` in an expression.
    Expr add(AggregateCall call) {
        int index = calls.indexOf(call);
        if (index < 0) {
            index = calls.size();
            calls.add(call);
        }
        return new Expr.Input(inputWidth + index, call.type());
    }

    /// What stands for a grouping operation in an expression.
    Expr add(Operation operation, SqlType type) {
        operations.add(operation);
        return new Expr.Symbol(operation, 0, type);
    }

    /// What stands for a function over a window in an expression.
    Expr add(WindowSlot window) {
        if (!windows.contains(window)) {
            windows.add(window);
        }
        return new Expr.Symbol(window, 0, window.call().type());
    }

    /// Which call `input` stands for, or -1 when it is a column.
    int indexOf(Expr.Input input) {
        return input.index() - inputWidth < 0 ? -1 : input.index() - inputWidth;
    }

    /// The aggregates, in the order they were met.
    List<AggregateCall> calls() {
        return List.copyOf(calls);
    }

    /// The functions over windows, in the order they were met.
    List<WindowSlot> windows() {
        return List.copyOf(windows);
    }

    /// Whether `expr` reads an aggregate, a grouping operation or a function over a window.
    boolean readsAny(Expr expr) {
        boolean isOne =
                switch (expr) {
                    case Expr.Input input -> indexOf(input) >= 0;
                    case Expr.Symbol symbol -> symbol.source() instanceof Operation;
                    default -> false;
                };
        return isOne
                || readsWindow(expr)
                || ExprTree.children(expr).stream().anyMatch(this::readsAny);
    }

    /// Whether `expr` reads a function over a window.
    static boolean readsWindow(Expr expr) {
        return expr instanceof Expr.Symbol symbol
                ? symbol.source() instanceof WindowSlot
                : ExprTree.children(expr).stream().anyMatch(Aggregates::readsWindow);
    }

    /// Refuses GROUPING(...), as there is no GROUP BY.
    void requireNoOperation() {
        if (!operations.isEmpty()) {
            throw Problem.unknown(
                    operations.getFirst().node(),
                    "A GROUPING() operation can only be used with a corresponding GROUPING"
                            + " SET/CUBE/ROLLUP/GROUP BY clause");
        }
    }
}
