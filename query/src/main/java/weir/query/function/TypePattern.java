// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import weir.query.type.SqlType;

/// What a signature says of one type.
public sealed interface TypePattern {
    /// How the signature spells it.
    String text();

    /// Exactly this type; an argument that becomes it without a CAST is converted.
    record Exact(SqlType type) implements TypePattern {
        @Override
        public String text() {
            return type.displayName();
        }
    }

    /// The same type wherever the name stands: the one that all arguments become without a CAST.
    record Variable(String name) implements TypePattern {
        @Override
        public String text() {
            return name;
        }
    }

    /// A decimal of any precision and scale, and whole numbers as decimals.
    record AnyDecimal() implements TypePattern {
        @Override
        public String text() {
            return "decimal(p,s)";
        }
    }

    /// A timestamp of any precision, without a zone or with any.
    record AnyTimestamp(boolean hasZone) implements TypePattern {
        @Override
        public String text() {
            return hasZone ? "timestamp with time zone" : "timestamp";
        }
    }

    /// A lambda over values of these types.
    record Function(List<SqlType> parameters, SqlType result) implements TypePattern {
        @Override
        public String text() {
            return Stream.concat(parameters.stream(), Stream.of(result))
                    .map(SqlType::displayName)
                    .collect(Collectors.joining(", ", "function(", ")"));
        }
    }

    /// An argument of any type, as it is.
    record Any() implements TypePattern {
        @Override
        public String text() {
            return "any";
        }
    }
}
