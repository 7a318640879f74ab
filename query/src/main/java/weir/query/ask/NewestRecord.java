// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.function.LongSupplier;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;

/// When the newest record of a store starts, known from segments' footers.
public final class NewestRecord {
    private NewestRecord() {}

    /// Epoch seconds of the newest `start` in `table` of `snapshot`, looked up when asked for.
    ///
    /// @return gives an [AskException] where there is no record
    public static LongSupplier of(Snapshot snapshot, String table) {
        return () -> {
            TableSnapshot stored = snapshot.table(table);
            long newest = Long.MIN_VALUE;
            if (stored != null) {
                for (SegmentReader segment : stored.segments()) {
                    newest = Math.max(newest, newest(segment));
                }
            }
            if (newest == Long.MIN_VALUE) {
                throw new AskException(
                        AskException.Reason.LACKING,
                        "there is no record in "
                                + table
                                + " to count back from; collect logs with weir ingest PATH...");
            }
            return newest;
        };
    }

    private static long newest(SegmentReader segment) {
        String time = segment.schema().timeColumn();
        ColumnReader column = time == null ? null : segment.column(time);
        if (column == null || segment.rowCount() == 0 || column.zone().isAllAbsent()) {
            return Long.MIN_VALUE;
        }
        return column.zone().max();
    }
}
