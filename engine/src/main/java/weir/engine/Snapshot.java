// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All tables of a store at one moment. Immutable and safe for many readers.
///
/// @param generation how many times the store had been changed
/// @param tables the tables by name
public record Snapshot(long generation, Map<String, TableSnapshot> tables) {

    /// The table called `name`, or null.
    public @Nullable TableSnapshot table(String name) {
        return tables.get(name);
    }
}
