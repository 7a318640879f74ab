// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.nio.file.Path;
import java.util.Locale;
import weir.cli.output.Visible;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.segment.SegmentReader;

/// How much a store holds.
///
/// @param records the rows of its tables that are not about itself
/// @param sizeBytes bytes of the segments of all its tables
record StoreSize(long records, long sizeBytes) {

    /// The size of a store at one moment.
    static StoreSize of(Snapshot store) {
        long records = 0;
        long sizeBytes = 0;
        for (TableSnapshot table : store.tables().values()) {
            records += table.name().startsWith("system.") ? 0 : table.rowCount();
            sizeBytes += table.segments().stream().mapToLong(SegmentReader::sizeBytes).sum();
        }
        return new StoreSize(records, sizeBytes);
    }

    /// `weir-store holds 1,000 records in 11.0 kB, 11.00 bytes a record.`
    String words(Path directory) {
        String held =
                "%s holds %s in %s"
                        .formatted(
                                Visible.text(directory.toString()),
                                Quantity.of(records, "record"),
                                Quantity.bytes(sizeBytes));
        return records == 0
                ? held + "."
                : String.format(
                        Locale.ROOT,
                        "%s, %.2f bytes a record.",
                        held,
                        (double) sizeBytes / records);
    }
}
