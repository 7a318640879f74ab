// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;

/// Conditions taken apart and put together.
final class Conditions {
    static final Expr TRUE = new Expr.Literal(BasicType.BOOLEAN, 1L);
    static final Expr FALSE = new Expr.Literal(BasicType.BOOLEAN, 0L);
    static final Expr UNKNOWN = new Expr.Literal(BasicType.BOOLEAN, null);

    private Conditions() {}

    /// The parts that all must be true.
    static List<Expr> conjuncts(Expr condition) {
        List<Expr> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Expr condition, List<Expr> parts) {
        if (condition instanceof Expr.And and) {
            and.parts().forEach(part -> collect(part, parts));
        } else {
            parts.add(condition);
        }
    }

    /// The condition that all are true; null when there is none.
    static @Nullable Expr and(List<Expr> parts) {
        return parts.isEmpty()
                ? null
                : parts.size() == 1 ? parts.getFirst() : new Expr.And(List.copyOf(parts));
    }

    static Expr call(ScalarFunction function, Expr left, Expr right) {
        return new Expr.Call(function, List.of(left, right), BasicType.BOOLEAN);
    }

    /// `value` where `condition` is true, else NULL.
    static Expr when(Expr condition, Expr value) {
        return new Expr.Case(
                List.of(new Expr.When(condition, value)),
                new Expr.Literal(value.type(), null),
                value.type());
    }
}
