// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.query.expr.LibraryFunction;
import weir.query.expr.RowFunction;
import weir.query.type.SqlType;

/// One overload of one function of the library. Immutable.
///
/// @param name what SQL calls it
/// @param kind which part of the documentation it stands in
/// @param signature what it takes
/// @param resultText the type of the result, for people
/// @param result the type of the result for arguments of these types; null where they do not fit
/// @param description what it computes, in one line
/// @param traits how it is to be called
/// @param implementation from the types of a call to its computation, which one thread owns
public record Definition(
        String name,
        Kind kind,
        Signature signature,
        String resultText,
        Result result,
        String description,
        Traits traits,
        Function<Types, RowFunction> implementation) {

    /// The kinds of functions, in the order of the documentation.
    public enum Kind {
        TEXT("Text"),
        PATTERN("Regular expressions"),
        NUMBER("Numbers"),
        BITS("Bits"),
        BINARY("Binary values"),
        URL("URLs"),
        TIME("Date and time"),
        ADDRESS("Addresses"),
        FLOW("Flow logs (Weir's own)"),
        OTHER("Other");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /// The heading in the documentation.
        public String title() {
            return title;
        }
    }

    /// How a function is to be called.
    ///
    /// @param takesNulls whether it is asked where an argument is NULL
    /// @param isDeterministic whether equal arguments give equal results
    /// @param canFail whether some values have no result
    /// @param readsAddress whether its argument is the text of an address, or the address itself
    public record Traits(
            boolean takesNulls, boolean isDeterministic, boolean canFail, boolean readsAddress) {
        static final Traits USUAL = new Traits(false, true, true, false);
    }

    /// From the types of the arguments to the type of the result.
    @FunctionalInterface
    public interface Result {
        /// The type, or null where there is none for these arguments.
        @Nullable SqlType of(List<SqlType> arguments);
    }

    /// The types of one call.
    public record Types(List<SqlType> arguments, SqlType result) {}

    /// This overload for arguments of exactly these types.
    ///
    /// @return null when the result has no type for them
    public @Nullable LibraryFunction bind(List<SqlType> arguments) {
        SqlType type = result.of(arguments);
        return type == null ? null : new Bound(this, new Types(List.copyOf(arguments), type));
    }

    /// The overload with its types.
    private record Bound(Definition definition, Types types) implements LibraryFunction {
        @Override
        public String name() {
            return definition.name;
        }

        @Override
        public SqlType type() {
            return types.result();
        }

        @Override
        public boolean takesNulls() {
            return definition.traits.takesNulls();
        }

        @Override
        public boolean isDeterministic() {
            return definition.traits.isDeterministic();
        }

        @Override
        public boolean canFail() {
            return definition.traits.canFail();
        }

        @Override
        public boolean readsAddress() {
            return definition.traits.readsAddress();
        }

        @Override
        public RowFunction start() {
            return definition.implementation.apply(types);
        }
    }
}
