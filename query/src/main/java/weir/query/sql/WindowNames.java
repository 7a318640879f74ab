// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The windows that the WINDOW clause of one SELECT names, and what each OVER means with them.
final class WindowNames {
    private final Map<String, Resolved> byName = new HashMap<>();

    /// A window with everything it takes over from the one it names.
    ///
    /// @param orderBy null when rows have no order
    /// @param frame null when none is written
    record Resolved(
            List<Expression> partitionBy, @Nullable OrderBy orderBy, @Nullable WindowFrame frame) {}

    /// @throws weir.query.fault.QueryException when a name is declared twice or refers to none
    WindowNames(List<WindowDefinition> definitions) {
        for (WindowDefinition definition : definitions) {
            String name = key(definition.getName());
            if (byName.containsKey(name)) {
                throw Problem.unknown(
                        definition,
                        "WINDOW '" + definition.getName() + "' specified more than once");
            }
            byName.put(name, resolve(definition.getWindow()));
        }
    }

    private static String key(Identifier name) {
        return name.getValue().toLowerCase(Locale.ROOT);
    }

    /// What stands behind OVER.
    Resolved resolve(Window window) {
        return switch (window) {
            case WindowReference reference -> find(reference.getName());
            case WindowSpecification specification -> resolve(specification);
            default -> throw Problem.unsupported((Node) window);
        };
    }

    private Resolved find(Identifier name) {
        Resolved found = byName.get(key(name));
        if (found == null) {
            throw Problem.unknown(
                    name,
                    "Cannot resolve WINDOW name "
                            + name.getValue()
                            + NearNames.hint(name.getValue(), List.copyOf(byName.keySet())));
        }
        return found;
    }

    private Resolved resolve(WindowSpecification node) {
        OrderBy orderBy = node.getOrderBy().orElse(null);
        WindowFrame frame = node.getFrame().orElse(null);
        Identifier base = node.getExistingWindowName().orElse(null);
        if (base == null) {
            return new Resolved(node.getPartitionBy(), orderBy, frame);
        }
        Resolved known = find(base);
        if (!node.getPartitionBy().isEmpty()) {
            throw Problem.unknown(
                    node.getPartitionBy().getFirst(),
                    "WINDOW specification with named WINDOW reference cannot specify PARTITION BY");
        }
        if (orderBy != null && known.orderBy() != null) {
            throw Problem.unknown(
                    orderBy,
                    "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY");
        }
        if (known.frame() != null) {
            throw Problem.unknown(
                    base, "Cannot reference named WINDOW containing frame specification");
        }
        return new Resolved(
                known.partitionBy(), orderBy == null ? known.orderBy() : orderBy, frame);
    }
}
