// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.schema.Column;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

/// The columns of the tables of records that AWS does not document for them. A store takes a
/// bounded number of them, so that files with made-up headers cannot fill its schemas. Not safe for
/// many threads.
public final class UnknownColumns {
    /// Most of them in a store.
    static final int MAX = 500;

    private final Set<Name> names;

    private record Name(RecordTable table, String column) {}

    private UnknownColumns(Set<Name> names) {
        this.names = names;
    }

    /// Those that the tables of `snapshot` have.
    public static UnknownColumns of(Snapshot snapshot) {
        Set<Name> names = new HashSet<>();
        for (RecordTable table : RecordTable.values()) {
            TableSnapshot stored = snapshot.table(table.table());
            List<Column> columns = stored == null ? List.of() : stored.schema().columns();
            for (Column column : columns) {
                if (table.schema().indexOf(column.name()) < 0) {
                    names.add(new Name(table, column.name()));
                }
            }
        }
        return new UnknownColumns(names);
    }

    UnknownColumns copy() {
        return new UnknownColumns(new HashSet<>(names));
    }

    /// Why a file of `formats` cannot be added; null when it can.
    public @Nullable String refusal(Collection<FlowFormat> formats) {
        Set<Name> more = newNames(formats);
        return names.size() + more.size() <= MAX
                ? null
                : "names %d fields that AWS does not document and the store does not know: a store"
                                .formatted(more.size())
                        + " takes %d such fields and has %d".formatted(MAX, names.size());
    }

    private Set<Name> newNames(Collection<FlowFormat> formats) {
        Set<Name> more = new HashSet<>();
        for (FlowFormat format : formats) {
            for (Column column : format.unknownColumns()) {
                Name name = new Name(format.table(), column.name());
                if (!names.contains(name)) {
                    more.add(name);
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
