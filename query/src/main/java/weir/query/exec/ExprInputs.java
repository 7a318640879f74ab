// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.NavigableSet;
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

    /// `expr` with column `i` read as column `mapping(i)`.
    static Expr remap(Expr expr, IntUnaryOperator mapping) {
        return ExprTree.mapInputs(
                expr, input -> new Expr.Input(mapping.applyAsInt(input.index()), input.type()));
    }
}
