// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.FlowRows;
import weir.ingest.parse.RejectedLine;
import weir.ingest.parse.RejectedLines;
import weir.ingest.pipeline.RefusedContent;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.pipeline.UnknownColumns;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;
import weir.ingest.source.LineBlocks;

/// The lines of a session on their way to rows: those since the last [#cut]. Not safe for many
/// threads.
final class LiveRows {
    private static final int KEPT_MAX = 10_000;
    private static final int FORMAT_CHANGES_MAX = 1_000;

    private final String name;
    private final RunOptions options;
    private final UnknownColumns columns;
    private final LiveMarks start;
    private final Sink full;
    private final RejectedLines rejected = new RejectedLines(KEPT_MAX);
    private final BlockParser parser;
    private final Set<FlowFormat> formats = new HashSet<>();
    private int formatChanges;

    /// Memory of the rows being filled, and of those cut before.
    private Map<RecordTable, RowMemory> memories = new EnumMap<>(RecordTable.class);

    private Map<RecordTable, RowMemory> otherMemories = new EnumMap<>(RecordTable.class);

    /// The rows of each table that records were for since the last cut.
    private final Map<RecordTable, FlowRows> rowsOf = new EnumMap<>(RecordTable.class);

    /// Those that the next records go to.
    private FlowRows rows;

    private long cutLine;

    /// Takes a full segment.
    interface Sink {
        /// Takes what `cut` gives, once the rows that were cut before are used no more. Gives
        /// whether these rows go on; otherwise somebody else read the block to its end.
        boolean take(Supplier<Batch> cut) throws IOException;
    }

    /// Rows that make a segment of each table, and what belongs with them.
    ///
    /// @param rows the rows by table, maybe none
    /// @param formats the formats of their lines
    /// @param rejected rejected lines among them
    /// @param marks where the session stands behind them
    record Batch(
            List<FlowRows> rows,
            List<FlowFormat> formats,
            List<RejectedLine> rejected,
            LiveMarks marks) {}

    /// @param name what the stream is called
    /// @param format of the next line
    /// @param start where the session stands
    /// @param full takes segments that are full in the middle of a block
    LiveRows(
            String name,
            FlowFormat format,
            RunOptions options,
            UnknownColumns columns,
            LiveMarks start,
            Sink full)
            throws RefusedContent {
        this.name = name;
        this.options = options;
        this.columns = columns;
        this.start = start;
        this.full = full;
        this.cutLine = start.line();
        note(format);
        this.rows = rowsOf(format);
        this.parser = new BlockParser(format, rejected, rows);
        parser.startBehind(start.line());
    }

    /// The rows that records of `format` go to.
    private FlowRows rowsOf(FlowFormat format) {
        return rowsOf.computeIfAbsent(format.table(), this::newRows);
    }

    private FlowRows newRows(RecordTable table) {
        FlowRows next =
                new FlowRows(
                        table,
                        options.segmentRows(),
                        options.segmentRows(),
                        options.segmentBytes(),
                        memories.computeIfAbsent(table, _ -> new RowMemory()));
        next.startFile(name);
        return next;
    }

    private void note(FlowFormat format) throws RefusedContent {
        if (!formats.contains(format)) {
            String refusal = columns.refusal(List.of(format));
            if (refusal != null) {
                throw new RefusedContent(refusal);
            }
            columns.add(List.of(format));
            formats.add(format);
        }
    }

    /// Reads the whole lines `bytes[from, to)`, behind which [BlockParser#SLACK_BYTES] more bytes
    /// can be read.
    ///
    /// @throws RefusedContent when a header line cannot be followed: no more lines can be read
    void read(byte[] bytes, int from, int to, long offsetBytes) throws IOException {
        int at = from;
        while (at < to) {
            at = parser.parse(bytes, at, to, offsetBytes + (at - from));
            followHeader();
            if (rows.isFull() && !full.take(this::cut)) {
                return;
            }
        }
    }

    /// Passes a line that is longer than lines may be, of which `bytes[from, to)` is the beginning.
    void rejectLongLine(byte[] bytes, int from, int to, long offsetBytes) {
        parser.rejectLongLine(bytes, from, to, offsetBytes, LineBlocks.LINE_BYTES_MAX);
    }

    private void followHeader() throws RefusedContent {
        String refusal = parser.refusal();
        if (refusal != null) {
            throw new RefusedContent("line " + parser.lines() + ": " + refusal);
        }
        FlowFormat next = parser.nextFormat();
        if (next != null) {
            formatChanges++;
            if (formatChanges > FORMAT_CHANGES_MAX) {
                throw new RefusedContent("changes its format more than 1,000 times");
            }
            note(next);
            rows = rowsOf(next);
            parser.follow(rows);
        }
    }

    /// Goes on at a line further on: those between are lost.
    void passTo(long line) {
        parser.startBehind(line);
    }

    /// The format of the next line.
    FlowFormat format() {
        return parser.format();
    }

    /// Where the session stands behind the lines that were read.
    LiveMarks marks() {
        return new LiveMarks(
                start.session(),
                parser.lines(),
                start.records() + parser.records(),
                start.rejectedLines() + rejected.count(),
                start.ended());
    }

    /// Whether lines were read since the last cut.
    boolean hasMore() {
        return parser.lines() > cutLine;
    }

    /// Rows and rejected lines since the last cut. The rows of the cut before must not be used any
    /// more.
    Batch cut() {
        Batch batch =
                new Batch(
                        List.copyOf(rowsOf.values()),
                        new ArrayList<>(formats),
                        rejected.takeKept(),
                        marks());
        cutLine = parser.lines();
        formatChanges = 0;
        formats.clear();
        formats.add(parser.format());
        Map<RecordTable, RowMemory> free = otherMemories;
        otherMemories = memories;
        memories = free;
        rowsOf.clear();
        rows = rowsOf(parser.format());
        parser.continueIn(rows);
        return batch;
    }
}
