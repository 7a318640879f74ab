// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// Which columns an expression reads, and the same expression over other columns.
final class ExprInputs {
    private ExprInputs() {}

    /// The indexes of the columns that `expr` reads.
    static NavigableSet<Integer> of(Expr expr) {
        NavigableSet<Integer> inputs = new TreeSet<>();
        ExprTree.inputs(expr).stream().forEach(inputs::add);
        return inputs;
    }

    /// The columns that `expr` reads, each once, in order.
    static List<Expr.Input> columns(Expr expr) {
        Map<Integer, Expr.Input> columns = new TreeMap<>();
        collect(expr, columns);
        return List.copyOf(columns.values());
    }

    private static void collect(Expr expr, Map<Integer, Expr.Input> columns) {
        if (expr instanceof Expr.Input input) {
            columns.putIfAbsent(input.index(), input);
        }
        ExprTree.children(expr).forEach(part -> collect(part, columns));
    }

    /// `expr` with column `i` read as column `mapping(i)`.
    static Expr remap(Expr expr, IntUnaryOperator mapping) {
        return ExprTree.mapInputs(
                expr, input -> new Expr.Input(mapping.applyAsInt(input.index()), input.type()));
    }
}
