// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import weir.query.type.SqlType;

/// One function over a window. Its expressions are over the rows of the window's input.
public sealed interface WindowCall {

    /// The type of the result.
    SqlType type();

    /// Which rows of the partition it sees.
    WindowFrame frame();

    /// A function that only stands before OVER.
    ///
    /// @param arguments as [WindowFunction] says
    /// @param ignoresNulls whether rows where the first argument is NULL are not counted
    record Ranking(
            WindowFunction function,
            List<Expr> arguments,
            boolean ignoresNulls,
            WindowFrame frame,
            SqlType type)
            implements WindowCall {}

    /// An aggregate over the frame of each row.
    record Aggregate(AggregateCall call, WindowFrame frame) implements WindowCall {
        @Override
        public SqlType type() {
            return call.type();
        }
    }

    /// The expressions that are computed for each row.
    default List<Expr> expressions() {
        List<Expr> all =
                new ArrayList<>(
                        switch (this) {
                            case Ranking ranking -> ranking.arguments();
                            case Aggregate aggregate -> aggregate.call().expressions();
                        });
        all.addAll(frame().expressions());
        return all;
    }

    /// This call with each of its expressions replaced.
    default WindowCall mapExpressions(UnaryOperator<Expr> change) {
        WindowFrame moved = frame().mapExpressions(change);
        return switch (this) {
            case Ranking ranking ->
                    new Ranking(
                            ranking.function(),
                            ranking.arguments().stream().map(change).toList(),
                            ranking.ignoresNulls(),
                            moved,
                            ranking.type());
            case Aggregate aggregate ->
                    new Aggregate(aggregate.call().mapExpressions(change), moved);
        };
    }
}
