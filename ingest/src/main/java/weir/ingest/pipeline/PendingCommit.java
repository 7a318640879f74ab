// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.engine.StoreWriter;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.ingest.parse.RejectedLine;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.FlowTables;
import weir.ingest.record.RecordTable;

/// What will appear in the store with the next commit: segments of records, and what the ledger
/// says of the files they came from. Confined to one thread.
public final class PendingCommit {
    private final StoreWriter writer;
    private final List<WrittenSegment> segments = new ArrayList<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<RecordTable, Schema> schemas = new EnumMap<>(RecordTable.class);
    private long rows;

    /// Commits by `writer`.
    public PendingCommit(StoreWriter writer) {
        this.writer = writer;
        for (RecordTable table : RecordTable.values()) {
            schemas.put(table, table.schema());
        }
    }

    private record Rejected(String file, RejectedLine line) {}

    /// Adds segments of flows, whose lines were of `formats`.
    public void addSegments(List<WrittenSegment> more, Collection<FlowFormat> formats) {
        segments.addAll(more);
        more.forEach(segment -> rows += segment.rowCount());
        for (FlowFormat format : formats) {
            RecordTable table = format.table();
            schemas.merge(table, table.schema(format), Schema::merge);
        }
    }

    /// Adds what the ledger will say, and the rejected lines of the same file.
    public void addEntry(LedgerEntry entry, List<RejectedLine> lines) {
        entries.add(entry);
        addRejected(entry.path(), lines);
    }

    /// Whether there is nothing to commit.
    public boolean isEmpty() {
        return segments.isEmpty() && entries.isEmpty();
    }

    /// Rows of the segments.
    long rows() {
        return rows;
    }

    /// Ledger entries and rejected lines that are held in memory.
    int held() {
        return entries.size() + rejected.size();
    }

    /// Makes everything appear at once; durable when this returns.
    void commit(long nowMillis) {
        commit(nowMillis, Map.of());
    }

    /// Adds rejected lines of `file`, of which the ledger says nothing yet.
    public void addRejected(String file, List<RejectedLine> lines) {
        lines.forEach(line -> rejected.add(new Rejected(file, line)));
    }

    /// The same, with `marks` in the same step.
    public void commit(long nowMillis, Map<String, Long> marks) {
        List<WrittenSegment> all = new ArrayList<>(segments);
        try {
            if (!entries.isEmpty()) {
                all.add(writer.write(FlowTables.FILES, files(nowMillis)));
            }
            if (!rejected.isEmpty()) {
                all.add(writer.write(FlowTables.REJECTED_LINES, rejectedLines()));
            }
            Map<String, Schema> tables = new LinkedHashMap<>();
            schemas.forEach((table, schema) -> tables.put(table.table(), schema));
            tables.put(FlowTables.FILES, FlowTables.FILES_SCHEMA);
            tables.put(FlowTables.REJECTED_LINES, FlowTables.REJECTED_LINES_SCHEMA);
            writer.commit(tables, all, marks);
        } catch (RuntimeException e) {
            writer.discardAfter(e, all);
            throw e;
        } finally {
            clear();
        }
    }

    /// Removes the segments, which will not appear.
    public void discard() {
        writer.discard(segments);
        clear();
    }

    private void clear() {
        segments.clear();
        entries.clear();
        rejected.clear();
        rows = 0;
    }

    private SegmentBuilder files(long nowMillis) {
        SegmentBuilder builder = new SegmentBuilder(null);
        int row = 0;
        for (LedgerEntry entry : entries) {
            builder.putText(FlowTables.FILE_PATH, row, entry.path());
            builder.putText(FlowTables.FILE_CONTENT_HASH, row, entry.contentHash());
            putNumber(builder, FlowTables.FILE_SIZE_BYTES, row, entry.sizeBytes());
            putNumber(builder, FlowTables.FILE_DECODED_BYTES, row, entry.decodedBytes());
            putNumber(
                    builder,
                    FlowTables.FILE_MODIFIED,
                    row,
                    entry.modifiedMillis() == 0 ? Column.ABSENT : entry.modifiedMillis());
            builder.putText(FlowTables.FILE_FORM, row, entry.form());
            builder.putText(FlowTables.FILE_FORMAT, row, entry.format());
            putNumber(builder, FlowTables.FILE_RECORDS, row, entry.records());
            putNumber(builder, FlowTables.FILE_REJECTED_LINES, row, entry.rejectedLines());
            builder.putText(FlowTables.FILE_STATUS, row, entry.status().text());
            builder.putText(FlowTables.FILE_REASON, row, entry.reason());
            putNumber(builder, FlowTables.FILE_COLLECTED, row, nowMillis);
            builder.putText(FlowTables.FILE_PACKED_HASH, row, entry.packedHash());
            builder.addRows(1);
            row++;
        }
        return builder;
    }

    private SegmentBuilder rejectedLines() {
        SegmentBuilder builder = new SegmentBuilder(null);
        int row = 0;
        for (Rejected next : rejected) {
            builder.putText(FlowTables.REJECTED_FILE, row, next.file);
            putNumber(builder, FlowTables.REJECTED_LINE, row, next.line.line());
            putNumber(builder, FlowTables.REJECTED_OFFSET, row, next.line.offsetBytes());
            builder.putText(FlowTables.REJECTED_REASON, row, next.line.reason());
            builder.putText(FlowTables.REJECTED_TEXT, row, next.line.text());
            builder.addRows(1);
            row++;
        }
        return builder;
    }

    private static void putNumber(SegmentBuilder builder, Column column, int row, long value) {
        builder.numbers(column).set(row, value);
        builder.numbers(column).filledTo(row + 1);
    }
}
