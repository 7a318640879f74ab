// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a question needs of a store. Immutable.
///
/// @param table the table whose fields these are
/// @param fields columns without which there is no answer
/// @param betterWith columns that make the answer better where logs have them
/// @param context tables of context without which there is no answer
/// @param betterWithContext tables of context that make the answer better
/// @param otherwise the question to ask of logs without these fields; null where there is none
public record Needs(
        String table,
        List<String> fields,
        List<String> betterWith,
        List<String> context,
        List<String> betterWithContext,
        @Nullable String otherwise) {
    /// Keeps copies of the lists.
    public Needs {
        fields = List.copyOf(fields);
        betterWith = List.copyOf(betterWith);
        context = List.copyOf(context);
        betterWithContext = List.copyOf(betterWithContext);
    }
}
