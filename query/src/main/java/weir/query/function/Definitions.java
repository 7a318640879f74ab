// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import weir.query.expr.RowFunction;
import weir.query.type.SqlType;

/// Collects the definitions of one kind:
///
/// ```java
/// define("chr", "bigint", "varchar", "The character of a code point").is(Text::chr);
/// ```
final class Definitions {
    private final Definition.Kind kind;
    private final List<Definition> list = new ArrayList<>();

    Definitions(Definition.Kind kind) {
        this.kind = kind;
    }

    /// What was defined, in order.
    List<Definition> list() {
        return List.copyOf(list);
    }

    /// Starts a definition; one of the methods that say what is computed ends it.
    ///
    /// @param signature as [Signature] reads it
    /// @param result a type, or a type variable of the signature
    Draft define(String name, String signature, String result, String description) {
        return new Draft(name, Signature.parse(signature), result, description);
    }

    /// Every overload that `name` has so far under another name too.
    void alias(String alias, String name) {
        for (Definition known : List.copyOf(list)) {
            if (known.name().equals(name)) {
                list.add(
                        new Definition(
                                alias,
                                known.kind(),
                                known.signature(),
                                known.resultText(),
                                known.result(),
                                known.description(),
                                known.traits(),
                                known.implementation()));
            }
        }
    }

    /// A definition that does not say yet what is computed.
    final class Draft {
        private final String name;
        private final Signature signature;
        private final String resultText;
        private final String description;
        private Definition.Result result;
        private Definition.Traits traits = Definition.Traits.USUAL;

        Draft(String name, Signature signature, String resultText, String description) {
            this.name = name;
            this.signature = signature;
            this.resultText = resultText;
            this.description = description;
            this.result = Definitions.result(signature, resultText);
        }

        /// It has a result for all values.
        Draft total() {
            traits =
                    new Definition.Traits(
                            traits.takesNulls(),
                            traits.isDeterministic(),
                            false,
                            traits.readsAddress());
            return this;
        }

        /// Its argument, the text of an address, may come as the address itself; text that is none
        /// comes as NULL then.
        Draft readsAddress() {
            traits =
                    new Definition.Traits(
                            traits.takesNulls(), traits.isDeterministic(), traits.canFail(), true);
            return this;
        }

        /// It is asked where an argument is NULL.
        Draft takesNulls() {
            traits =
                    new Definition.Traits(
                            true,
                            traits.isDeterministic(),
                            traits.canFail(),
                            traits.readsAddress());
            return this;
        }

        /// Equal arguments may give different results.
        Draft random() {
            traits =
                    new Definition.Traits(
                            traits.takesNulls(), false, traits.canFail(), traits.readsAddress());
            return this;
        }

        /// The type of the result follows from those of the arguments in this way.
        Draft typed(Definition.Result rule) {
            result = rule;
            return this;
        }

        /// What is computed, without a state.
        void is(RowFunction function) {
            with(_ -> function);
        }

        /// What is computed, with a state for each place and thread that computes it.
        void each(Supplier<RowFunction> start) {
            with(_ -> start.get());
        }

        /// What is computed, for the types of a call.
        void with(Function<Definition.Types, RowFunction> implementation) {
            list.add(
                    new Definition(
                            name,
                            kind,
                            signature,
                            resultText,
                            result,
                            description,
                            traits,
                            implementation));
        }

        /// What is computed, after something was prepared of argument `index`: once for a constant,
        /// and for other arguments whenever they have changed.
        <P> void prepared(int index, Function<String, P> prepare, Prepared<P> function) {
            with(_ -> {
                Cached<P> cache = new Cached<>(prepare);
                return arguments ->
                        function.apply(cache.get(Args.text(arguments, index)), arguments);
            });
        }
    }

    /// The rule for a result that is a type or a variable.
    private static Definition.Result result(Signature signature, String text) {
        TypePattern pattern = Signature.pattern(text);
        return switch (pattern) {
            case TypePattern.Exact exact -> _ -> exact.type();
            case TypePattern.Variable _,
                    TypePattern.AnyDecimal _,
                    TypePattern.AnyTimestamp _,
                    TypePattern.Function _,
                    TypePattern.Any _ ->
                    sameAs(signature.parameters().indexOf(pattern));
        };
    }

    private static Definition.Result sameAs(int index) {
        return (List<SqlType> arguments) -> index < 0 ? null : arguments.get(index);
    }

    /// A computation with something that was prepared.
    @FunctionalInterface
    interface Prepared<P> {
        @org.jspecify.annotations.Nullable
        Object apply(P prepared, @org.jspecify.annotations.Nullable Object[] arguments);
    }
}
