// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.schema.Column;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;

/// The columns of the flow table that AWS does not document. A store takes a bounded number of
/// them, so that files with made-up headers cannot fill its schema. Not safe for many threads.
public final class UnknownColumns {
    /// Most of them in a store.
    static final int MAX = 500;

    private final Set<String> names;

    private UnknownColumns(Set<String> names) {
        this.names = names;
    }

    /// Those that the flow table of `snapshot` has.
    public static UnknownColumns of(Snapshot snapshot) {
        Set<String> names = new HashSet<>();
        TableSnapshot table = snapshot.table(FlowTables.FLOWS);
        if (table != null) {
            for (Column column : table.schema().columns()) {
                names.add(column.name());
            }
            FlowTables.FLOWS_SCHEMA.columns().forEach(column -> names.remove(column.name()));
        }
        return new UnknownColumns(names);
    }

    UnknownColumns copy() {
        return new UnknownColumns(new HashSet<>(names));
    }

    /// Why a file of `formats` cannot be added; null when it can.
    public @Nullable String refusal(Collection<FlowFormat> formats) {
        Set<String> more = newNames(formats);
        return names.size() + more.size() <= MAX
                ? null
                : "names %d fields that AWS does not document and the store does not know: a store"
                                .formatted(more.size())
                        + " takes %d such fields and has %d".formatted(MAX, names.size());
    }

    private Set<String> newNames(Collection<FlowFormat> formats) {
        Set<String> more = new HashSet<>();
        for (FlowFormat format : formats) {
            for (Column column : format.unknownColumns()) {
                if (!names.contains(column.name())) {
                    more.add(column.name());
                }
            }
        }
        return more;
    }

    /// Adds the columns of `formats`.
    public void add(Collection<FlowFormat> formats) {
        names.addAll(newNames(formats));
    }
}
