// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// All tables of a store at one moment. Immutable and safe for many readers.
///
/// Its segments stay open until it is closed, or its [Store] is: so whoever keeps a store open for
/// long closes each snapshot when nothing of it is read any more. Otherwise segments that were
/// compacted or dropped meanwhile go on taking room on the disk.
public final class Snapshot implements AutoCloseable {
    private final long generation;
    private final Map<String, TableSnapshot> tables;
    private final Runnable release;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    /// @param release what is run once, when this is closed
    Snapshot(long generation, Map<String, TableSnapshot> tables, Runnable release) {
        this.generation = generation;
        this.tables = tables;
        this.release = release;
    }

    /// How many times the store had been changed.
    public long generation() {
        return generation;
    }

    /// The tables by name.
    public Map<String, TableSnapshot> tables() {
        return tables;
    }

    /// The table called `name`, or null.
    public @Nullable TableSnapshot table(String name) {
        return tables.get(name);
    }

    /// Gives the segments back; closing twice does no harm. What was read from them as codes of a
    /// dictionary is not readable any more.
    @Override
    public void close() {
        if (isOpen.getAndSet(false)) {
            release.run();
        }
    }
}
