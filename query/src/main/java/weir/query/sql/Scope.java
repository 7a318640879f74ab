// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;

/// The columns that an expression can name, and what each means over the input of the plan.
final class Scope {
    /// The scope of a SELECT without FROM.
    static final Scope EMPTY = new Scope(List.of());

    /// A column that can be named.
    ///
    /// @param qualifier what may stand before the name: the alias, or the parts of the table's name
    /// @param name as it was declared
    /// @param isHidden left out of `*`
    /// @param value its expression over the plan's input
    record Column(List<String> qualifier, String name, boolean isHidden, Expr value) {

        /// This column under another name.
        Column named(List<String> newQualifier, String newName) {
            return new Column(newQualifier, newName, isHidden, value);
        }

        /// Whether a reference with these parts before the name may mean this column.
        private boolean isQualifiedBy(List<String> prefix) {
            int skip = qualifier.size() - prefix.size();
            if (skip < 0) {
                return false;
            }
            for (int i = 0; i < prefix.size(); i++) {
                if (!qualifier.get(skip + i).equalsIgnoreCase(prefix.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Column> columns;
    private final Map<String, List<Column>> byName = new HashMap<>();

    Scope(List<Column> columns) {
        this.columns = List.copyOf(columns);
        for (Column column : this.columns) {
            byName.computeIfAbsent(key(column.name()), _ -> new ArrayList<>()).add(column);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// All columns.
    List<Column> columns() {
        return columns;
    }

    /// The same columns where `width` others stand before them in the input.
    Scope shifted(int width) {
        List<Column> shifted = new ArrayList<>();
        for (Column column : columns) {
            Expr value =
                    ExprTree.mapInputs(
                            column.value(),
                            input -> new Expr.Input(width + input.index(), input.type()));
            shifted.add(new Column(column.qualifier(), column.name(), column.isHidden(), value));
        }
        return new Scope(shifted);
    }

    /// The columns that `prefix.name` may mean: none, one, or too many.
    List<Column> find(List<String> prefix, String name) {
        List<Column> named = byName.getOrDefault(key(name), List.of());
        if (prefix.isEmpty()) {
            return named;
        }
        return named.stream().filter(column -> column.isQualifiedBy(prefix)).toList();
    }

    /// The columns that `prefix.*` means.
    List<Column> all(List<String> prefix) {
        return columns.stream()
                .filter(column -> !column.isHidden() && column.isQualifiedBy(prefix))
                .toList();
    }

    /// Whether something can be qualified by `prefix`.
    boolean hasQualifier(List<String> prefix) {
        return columns.stream().anyMatch(column -> column.isQualifiedBy(prefix));
    }

    /// The names that can be written, for "did you mean".
    List<String> names() {
        return columns.stream().map(Column::name).distinct().toList();
    }

    /// The name nearest to `name` that can be written, or null.
    @Nullable String nearest(String name) {
        return NearNames.nearest(name, names());
    }
}
