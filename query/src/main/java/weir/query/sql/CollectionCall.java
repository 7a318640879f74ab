// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LambdaExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.function.Signature;
import weir.query.function.TypePattern;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// One call of a function of arrays or maps. Plain arguments are bound; a lambda is bound when the
/// types of its parameters are known. Confined to one thread.
final class CollectionCall {
    private final FunctionCall node;
    private final ExpressionBinder expressions;
    private final List<@Nullable Expr> arguments = new ArrayList<>();

    CollectionCall(FunctionCall node, ExpressionBinder expressions) {
        this.node = node;
        this.expressions = expressions;
        for (Expression argument : node.argumentValues()) {
            arguments.add(argument instanceof LambdaExpression ? null : expressions.bind(argument));
        }
    }

    FunctionCall node() {
        return node;
    }

    int count() {
        return arguments.size();
    }

    /// Whether the arguments are `plain` values and then `lambdas` lambdas.
    boolean has(int plain, int lambdas) {
        if (arguments.size() != plain + lambdas) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if ((arguments.get(i) == null) != (i >= plain)) {
                return false;
            }
        }
        return true;
    }

    boolean hasLambda() {
        return arguments.contains(null);
    }

    /// The arguments, when none is a lambda.
    List<Expr> plain() {
        List<Expr> plain = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            plain.add(argument(i));
        }
        return plain;
    }

    Expr argument(int index) {
        Expr argument = arguments.get(index);
        if (argument == null) {
            throw new IllegalStateException("argument " + index + " is a lambda");
        }
        return argument;
    }

    SqlType type(int index) {
        return argument(index).type();
    }

    /// The types of all arguments, for people.
    List<String> typeNames() {
        return arguments.stream()
                .map(argument -> argument == null ? "<function>" : argument.type().displayName())
                .toList();
    }

    /// The type of argument `index` as an array, a bare NULL included; null when it is none.
    SqlType.@Nullable Array array(int index) {
        return type(index) == BasicType.UNKNOWN
                ? new SqlType.Array(BasicType.UNKNOWN)
                : type(index) instanceof SqlType.Array array ? array : null;
    }

    /// The type of argument `index` as a map, a bare NULL included; null when it is none.
    SqlType.@Nullable MapOf map(int index) {
        return type(index) == BasicType.UNKNOWN
                ? new SqlType.MapOf(BasicType.UNKNOWN, BasicType.UNKNOWN)
                : type(index) instanceof SqlType.MapOf map ? map : null;
    }

    /// Argument `index` as a value of `type`, or null where it does not become one.
    @Nullable Expr as(int index, SqlType type) {
        return TypeCoercion.isCoercible(type(index), type)
                ? TypeCoercion.coerce(argument(index), type)
                : null;
    }

    /// The arguments with the lambdas that `signature` wants, or null where they are none of these.
    @Nullable List<Expr> matching(Signature signature) {
        if (!signature.takes(count())) {
            return null;
        }
        List<Expr> bound = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            Expr plain = arguments.get(i);
            boolean isFunction = signature.parameter(i) instanceof TypePattern.Function;
            if ((plain == null) != isFunction) {
                return null;
            }
            Expr argument = plain;
            if (signature.parameter(i) instanceof TypePattern.Function function) {
                SqlType[] parameters = function.parameters().toArray(SqlType[]::new);
                argument = lambdaTo(i, function.result(), parameters);
            }
            if (argument == null) {
                return null;
            }
            bound.add(argument);
        }
        return bound;
    }

    /// The lambda at `index` over parameters of these types.
    Expr.Lambda lambda(int index, SqlType... parameters) {
        LambdaExpression lambda = (LambdaExpression) node.argumentValues().get(index);
        if (lambda.getArguments().size() != parameters.length) {
            throw Problem.mismatch(
                    lambda,
                    "Expected a lambda that takes "
                            + parameters.length
                            + " argument(s) but got "
                            + lambda.getArguments().size());
        }
        return expressions.bindLambda(lambda, List.of(parameters));
    }

    /// The same where the result becomes `result`; null where it does not.
    Expr.@Nullable Lambda lambdaTo(int index, SqlType result, SqlType... parameters) {
        Expr.Lambda lambda = lambda(index, parameters);
        return TypeCoercion.isCoercible(lambda.type(), result) ? to(lambda, result) : null;
    }

    static Expr.Lambda to(Expr.Lambda lambda, SqlType result) {
        return new Expr.Lambda(
                lambda.firstSlot(),
                lambda.parameterCount(),
                TypeCoercion.coerce(lambda.body(), result));
    }

    /// The call of `function`, or null where an argument is.
    @Nullable Expr call(ScalarFunction function, SqlType result, @Nullable Expr... callArguments) {
        List<Expr> given = new ArrayList<>();
        for (Expr argument : callArguments) {
            if (argument == null) {
                return null;
            }
            given.add(argument);
        }
        return new Expr.Call(function, List.copyOf(given), result);
    }
}
