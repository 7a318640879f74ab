// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A typed expression over the columns of an input. NULL logic is SQL's: three-valued, and a call
/// with a NULL argument is NULL unless [ScalarFunction] says otherwise.
public sealed interface Expr {

    /// The type of every value.
    SqlType type();

    /// A constant.
    ///
    /// @param type its type
    /// @param value null for NULL; else `Long` (BOOLEAN as 0 or 1, integers, DATE as days,
    ///   timestamps as milliseconds), `Double`, `String`, `BigDecimal` of the type's scale,
    ///   [weir.engine.schema.IpAddress], `weir.query.value.IpPrefix`, or for what holds other
    ///   values an immutable `List` or `Map`: see [SqlType]
    record Literal(SqlType type, @Nullable Object value) implements Expr {}

    /// Column `index` of the input.
    record Input(int index, SqlType type) implements Expr {}

    /// A function or operator. The arguments have exactly the types that the signature asks for:
    /// coercions stand as casts.
    record Call(ScalarFunction function, List<Expr> arguments, SqlType type) implements Expr {}

    /// A function of the library. The arguments have exactly the types that its signature asks for.
    record Apply(LibraryFunction function, List<Expr> arguments) implements Expr {
        @Override
        public SqlType type() {
            return function.type();
        }
    }

    /// The operand, or NULL where its values make it impossible: `TRY(...)`.
    record Try(Expr operand) implements Expr {
        @Override
        public SqlType type() {
            return operand.type();
        }
    }

    /// A function that is handed to a call, which asks for its result as often as it likes. The
    /// columns that the body reads are those of the row of the call.
    ///
    /// @param firstSlot where its parameters begin among the variables: the number of parameters of
    ///   all lambdas around it
    /// @param parameterCount how many it has
    /// @param body over the row, its parameters and those of the lambdas around it
    record Lambda(int firstSlot, int parameterCount, Expr body) implements Expr {
        @Override
        public SqlType type() {
            return body.type();
        }
    }

    /// A parameter of a lambda around this place.
    ///
    /// @param slot counted over all lambdas from the outermost in
    record Variable(int slot, SqlType type) implements Expr {}

    /// A conversion.
    ///
    /// @param isTry whether a value that cannot be converted gives NULL and not a failure
    record Cast(Expr operand, SqlType type, boolean isTry) implements Expr {}

    /// The result of the first condition that is true, else `otherwise`. Only the branches that are
    /// taken may fail. The simple form of CASE is lowered to this one.
    record Case(List<When> whens, Expr otherwise, SqlType type) implements Expr {}

    /// One branch of a [Case]: results all have the type of the case.
    record When(Expr condition, Expr result) {}

    /// Every part is true.
    record And(List<Expr> parts) implements Expr {
        @Override
        public SqlType type() {
            return BasicType.BOOLEAN;
        }
    }

    /// Some part is true.
    record Or(List<Expr> parts) implements Expr {
        @Override
        public SqlType type() {
            return BasicType.BOOLEAN;
        }
    }

    /// The part is false.
    record Not(Expr operand) implements Expr {
        @Override
        public SqlType type() {
            return BasicType.BOOLEAN;
        }
    }

    /// The operand is NULL: never NULL itself.
    record IsNull(Expr operand) implements Expr {
        @Override
        public SqlType type() {
            return BasicType.BOOLEAN;
        }
    }

    /// The operand equals one of the candidates, which have its type; NULL as SQL's IN is.
    record In(Expr operand, List<Expr> candidates) implements Expr {
        @Override
        public SqlType type() {
            return BasicType.BOOLEAN;
        }
    }

    /// The first argument that is not NULL; all have one type. Later ones may fail only when
    /// needed.
    record Coalesce(List<Expr> arguments, SqlType type) implements Expr {}

    /// A value that stands in no column yet: a column of an enclosing query, or what a subquery
    /// gives. Only while a statement is bound: no plan that runs has one.
    ///
    /// @param source whose value it is; compared by identity
    /// @param index which of its values
    record Symbol(Object source, int index, SqlType type) implements Expr {}
}
