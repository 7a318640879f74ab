// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.LibraryFunction;
import weir.query.function.Definition;
import weir.query.function.Signature;
import weir.query.function.TypePattern;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Which overload of a library function a call means, by Trino's rules: one that takes the
/// arguments as they are, else the one among those they become without a CAST that asks for the
/// narrowest types.
final class LibraryBinder {
    private LibraryBinder() {}

    /// An overload that takes the arguments.
    ///
    /// @param parameters what they are converted to
    private record Candidate(LibraryFunction function, List<SqlType> parameters) {

        Expr call(List<Expr> arguments) {
            List<Expr> coerced = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                coerced.add(TypeCoercion.coerce(arguments.get(i), parameters.get(i)));
            }
            return ConstantFolding.fold(new Expr.Apply(function, List.copyOf(coerced)));
        }

        boolean takesAsTheyAre(List<SqlType> types) {
            return parameters.equals(types);
        }

        boolean isNarrowerThan(Candidate other) {
            for (int i = 0; i < parameters.size(); i++) {
                if (!TypeCoercion.isCoercible(parameters.get(i), other.parameters.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The call, or null when no overload takes the arguments.
    static @Nullable Expr call(List<Definition> overloads, List<Expr> arguments) {
        List<SqlType> types = arguments.stream().map(Expr::type).toList();
        Candidate best = null;
        for (Definition overload : overloads) {
            Candidate next = candidate(overload, types);
            if (next == null) {
                continue;
            }
            if (next.takesAsTheyAre(types)) {
                return next.call(arguments);
            }
            best = best == null || !best.isNarrowerThan(next) ? next : best;
        }
        return best == null ? null : best.call(arguments);
    }

    private static @Nullable Candidate candidate(Definition overload, List<SqlType> types) {
        Signature signature = overload.signature();
        if (!signature.takes(types.size())) {
            return null;
        }
        Map<String, SqlType> variables = variables(signature, types);
        if (variables == null) {
            return null;
        }
        List<SqlType> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            SqlType parameter = parameter(signature.parameter(i), types.get(i), variables);
            if (parameter == null || !TypeCoercion.isCoercible(types.get(i), parameter)) {
                return null;
            }
            parameters.add(parameter);
        }
        LibraryFunction function = overload.bind(parameters);
        return function == null ? null : new Candidate(function, List.copyOf(parameters));
    }

    /// What each type variable is, or null where arguments of one variable have no common type.
    private static @Nullable Map<String, SqlType> variables(
            Signature signature, List<SqlType> types) {
        Map<String, SqlType> variables = new HashMap<>();
        for (int i = 0; i < types.size(); i++) {
            if (signature.parameter(i) instanceof TypePattern.Variable variable) {
                SqlType known = variables.getOrDefault(variable.name(), BasicType.UNKNOWN);
                SqlType common = TypeCoercion.common(known, types.get(i));
                if (common == null) {
                    return null;
                }
                variables.put(variable.name(), common);
            }
        }
        return variables;
    }

    private static @Nullable SqlType parameter(
            TypePattern pattern, SqlType type, Map<String, SqlType> variables) {
        return switch (pattern) {
            case TypePattern.Exact exact -> exact.type();
            case TypePattern.Variable variable -> variables.get(variable.name());
            case TypePattern.Any _, TypePattern.Function _ -> type;
            case TypePattern.AnyTimestamp timestamp -> {
                boolean isSame =
                        timestamp.hasZone() ? Timestamps.isInstant(type) : Timestamps.isLocal(type);
                yield isSame
                        ? type
                        : timestamp.hasZone() ? BasicType.TIMESTAMP_TZ : BasicType.TIMESTAMP;
            }
            case TypePattern.AnyDecimal _ -> {
                if (type == BasicType.UNKNOWN) {
                    yield new SqlType.Decimal(1, 0);
                }
                boolean isExact = type.isInteger() || type instanceof SqlType.Decimal;
                yield isExact ? TypeCoercion.decimal(type) : null;
            }
        };
    }
}
