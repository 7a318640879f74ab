// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.AggregateFunction;
import weir.query.expr.Expr;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Calls whose result for a group follows from their results for parts of it.
final class PartCalls {
    private PartCalls() {}

    /// Whether that of `call` does.
    static boolean follows(AggregateCall call) {
        boolean isPlain = !call.isDistinct() && call.filter() == null && call.order().isEmpty();
        return isPlain
                && switch (call.function()) {
                    case COUNT_ALL, COUNT, COUNT_IF, SUM -> call.type() == BasicType.BIGINT;
                    case MIN, MAX, BOOL_AND, BOOL_OR -> VectorBuilder.standsAsLongs(call.type());
                    default -> false;
                };
    }

    /// The call over results of `part`, which stand in a column.
    static AggregateCall whole(AggregateCall part, int column) {
        AggregateFunction function =
                switch (part.function()) {
                    case COUNT_ALL, COUNT, COUNT_IF -> AggregateFunction.SUM;
                    default -> part.function();
                };
        return call(function, new Expr.Input(column, part.type()), part.type());
    }

    /// A call over one argument.
    static AggregateCall call(AggregateFunction function, Expr argument, SqlType type) {
        return new AggregateCall(function, List.of(argument), false, null, type);
    }
}
