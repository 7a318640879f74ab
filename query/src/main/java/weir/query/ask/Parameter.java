// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A value that whoever asks may choose. Immutable.
///
/// @param name as it stands behind the `:` in SQL
/// @param type which values it takes
/// @param defaultText the value where none is given, as it would be typed; null where one has to be
///   given
/// @param description what it is, in a few words
public record Parameter(
        String name, ParameterType type, @Nullable String defaultText, String description) {

    /// The SQL of `text`.
    ///
    /// @param newest epoch seconds of the newest record, asked only where times count from there
    /// @throws AskException when `text` is no value of the type, naming the parameter, what was
    ///   expected and an example
    String literal(String text, LongSupplier newest) {
        try {
            boolean mayBeNegative = defaultText == null || defaultText.startsWith("-");
            if (type == ParameterType.BIGINT && text.startsWith("-") && !mayBeNegative) {
                throw new IllegalArgumentException("it must not be negative");
            }
            return type.literal(name, text, newest);
        } catch (IllegalArgumentException e) {
            String why = e.getMessage();
            throw new AskException(
                    AskException.Reason.BAD_VALUE,
                    name
                            + "="
                            + text
                            + ": expected "
                            + type.expected()
                            + ", as "
                            + name
                            + "="
                            + type.example()
                            + (why == null || why.isEmpty() ? "" : "; " + why),
                    e);
        }
    }
}
