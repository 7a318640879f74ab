// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.scan.Predicate;
import weir.engine.schema.Column;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.value.ExprValue;

/// Turns conditions into what the engine can prune with, where that is exactly the same condition:
/// a predicate holds for a row when the expression is true, neither false nor NULL. Negations move
/// to the leaves on the way.
final class PredicateLowering {
    /// More ranges than this are no better than asking each row.
    private static final int RANGES_MAX = 64;

    private final List<Column> columns;
    private final QueryContext context;
    private final Map<Expr, DictionaryCodes> tests = new HashMap<>();

    /// @param columns what the inputs of expressions stand for
    /// @param context asked whether to go on while dictionaries are searched
    PredicateLowering(List<Column> columns, QueryContext context) {
        this.context = context;
        this.columns = columns;
    }

    /// A condition for the engine.
    ///
    /// @param predicate null when every row or no row passes
    /// @param isAlways whether, without a predicate, every row passes
    record Lowered(@Nullable Predicate predicate, boolean isAlways) {
        static final Lowered ALWAYS = new Lowered(null, true);
        static final Lowered NEVER = new Lowered(null, false);

        static Lowered of(Predicate predicate) {
            return new Lowered(predicate, false);
        }

        static Lowered anyOf(List<Predicate> parts) {
            return parts.isEmpty()
                    ? NEVER
                    : of(parts.size() == 1 ? parts.getFirst() : new Predicate.Or(parts));
        }
    }

    /// `condition` for the engine, or null when rows have to be asked.
    @Nullable Lowered lower(Expr condition) {
        return ExprTree.isDeterministic(condition) ? lower(condition, false) : null;
    }

    private @Nullable Lowered lower(Expr expr, boolean isNegated) {
        NavigableSet<Integer> inputs = ExprInputs.of(expr);
        if (inputs.isEmpty()) {
            return constant(expr, isNegated);
        }
        if (inputs.size() == 1 && columns.get(inputs.first()).type().isDictionary()) {
            return matches(expr, isNegated, inputs.first());
        }
        return switch (expr) {
            case Expr.Not not -> lower(not.operand(), !isNegated);
            case Expr.And and -> junction(and.parts(), !isNegated, isNegated);
            case Expr.Or or -> junction(or.parts(), isNegated, isNegated);
            case Expr.Call call -> comparison(call, isNegated);
            case Expr.In in -> in(in, isNegated);
            case Expr.IsNull isNull -> isNull(isNull, isNegated);
            default -> null;
        };
    }

    private static @Nullable Lowered constant(Expr expr, boolean isNegated) {
        try {
            Object value = ExprValue.ofConstant(expr);
            boolean isTrue = value != null && ((Long) value != 0) != isNegated;
            return isTrue ? Lowered.ALWAYS : Lowered.NEVER;
        } catch (QueryException _) {
            return null;
        }
    }

    private Lowered matches(Expr expr, boolean isNegated, int input) {
        Expr condition = ExprInputs.remap(isNegated ? new Expr.Not(expr) : expr, _ -> 0);
        DictionaryCodes test =
                tests.computeIfAbsent(condition, known -> new DictionaryCodes(known, context));
        return Lowered.of(new Predicate.Matches(columns.get(input), test));
    }

    private @Nullable Lowered junction(List<Expr> exprs, boolean isAll, boolean isNegated) {
        List<Predicate> parts = new ArrayList<>();
        for (Expr expr : exprs) {
            Lowered part = lower(expr, isNegated);
            if (part == null) {
                return null;
            }
            if (part.predicate() != null) {
                parts.add(part.predicate());
            } else if (part.isAlways() != isAll) {
                return part;
            }
        }
        if (parts.isEmpty()) {
            return isAll ? Lowered.ALWAYS : Lowered.NEVER;
        }
        if (parts.size() == 1) {
            return Lowered.of(parts.getFirst());
        }
        return Lowered.of(isAll ? new Predicate.And(parts) : new Predicate.Or(parts));
    }

    private @Nullable Lowered comparison(Expr.Call call, boolean isNegated) {
        if (call.arguments().size() != 2) {
            return null;
        }
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        boolean isMirrored = ExprInputs.of(left).isEmpty();
        ScalarFunction asked = isMirrored ? call.function().mirrored() : call.function();
        ScalarFunction function = asked == null ? null : comparison(asked, isNegated);
        NumberCondition condition =
                function == null ? null : NumberCondition.of(isMirrored ? right : left, columns);
        Expr other = isMirrored ? left : right;
        if (function == null || condition == null || !ExprInputs.of(other).isEmpty()) {
            return null;
        }
        Object constant;
        try {
            constant = ExprValue.ofConstant(other);
        } catch (QueryException _) {
            return null;
        }
        if (constant == null) {
            return Lowered.NEVER;
        }
        List<Predicate> ranges = new ArrayList<>();
        return condition.compare(function, constant, ranges) ? Lowered.anyOf(ranges) : null;
    }

    /// The comparison itself or its negation; null when the function is none.
    private static @Nullable ScalarFunction comparison(ScalarFunction function, boolean isNegated) {
        return switch (function) {
            case EQUAL -> isNegated ? ScalarFunction.NOT_EQUAL : function;
            case NOT_EQUAL -> isNegated ? ScalarFunction.EQUAL : function;
            case LESS_THAN -> isNegated ? ScalarFunction.GREATER_OR_EQUAL : function;
            case LESS_OR_EQUAL -> isNegated ? ScalarFunction.GREATER_THAN : function;
            case GREATER_THAN -> isNegated ? ScalarFunction.LESS_OR_EQUAL : function;
            case GREATER_OR_EQUAL -> isNegated ? ScalarFunction.LESS_THAN : function;
            default -> null;
        };
    }

    private @Nullable Lowered in(Expr.In in, boolean isNegated) {
        NumberCondition condition = NumberCondition.of(in.operand(), columns);
        if (condition == null) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (Expr candidate : in.candidates()) {
            if (!(candidate instanceof Expr.Literal literal)) {
                return null;
            }
            Object value = literal.value();
            if (value != null) {
                values.add(value);
            } else if (isNegated) {
                // Nothing is known to differ from NULL.
                return Lowered.NEVER;
            }
        }
        if (condition.isNumber() && !isNegated) {
            NavigableSet<Long> numbers = new TreeSet<>();
            values.forEach(value -> numbers.add((Long) value));
            return numbers.isEmpty()
                    ? Lowered.NEVER
                    : Lowered.of(condition.in(List.copyOf(numbers)));
        }
        if (values.size() > RANGES_MAX) {
            return null;
        }
        List<Predicate> all = new ArrayList<>();
        for (Object value : values) {
            List<Predicate> ranges = new ArrayList<>();
            ScalarFunction function = isNegated ? ScalarFunction.NOT_EQUAL : ScalarFunction.EQUAL;
            if (!condition.compare(function, value, ranges)) {
                return null;
            }
            if (!isNegated) {
                all.addAll(ranges);
            } else if (ranges.isEmpty()) {
                return Lowered.NEVER;
            } else {
                all.add(ranges.size() == 1 ? ranges.getFirst() : new Predicate.Or(ranges));
            }
        }
        if (!isNegated) {
            return Lowered.anyOf(all);
        }
        return Lowered.of(all.isEmpty() ? condition.isPresent() : new Predicate.And(all));
    }

    private @Nullable Lowered isNull(Expr.IsNull isNull, boolean isNegated) {
        NumberCondition condition = NumberCondition.of(isNull.operand(), columns);
        if (condition == null) {
            return null;
        }
        return Lowered.of(isNegated ? condition.isPresent() : condition.isAbsent());
    }
}
