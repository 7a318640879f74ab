// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;

/// The aggregates met while the expressions of one SELECT are bound.
///
/// Until the grouping is known, call `i` stands in expressions as the input column that would come
/// `i` places behind the last one. Equal calls are one.
final class Aggregates {
    private final int inputWidth;
    private final List<AggregateCall> calls = new ArrayList<>();

    Aggregates(int inputWidth) {
        this.inputWidth = inputWidth;
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

    /// Which call `input` stands for, or -1 when it is a column.
    int indexOf(Expr.Input input) {
        return input.index() - inputWidth < 0 ? -1 : input.index() - inputWidth;
    }

    /// Whether one of these input columns stands for a call.
    boolean isAnyOf(BitSet inputs) {
        return inputs.length() > inputWidth;
    }

    /// The calls, in the order they were met.
    List<AggregateCall> calls() {
        return List.copyOf(calls);
    }
}
