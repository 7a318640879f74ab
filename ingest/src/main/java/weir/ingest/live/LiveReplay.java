// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.StoreException;
import weir.ingest.journal.Journal;
import weir.ingest.journal.JournalBlock;
import weir.ingest.journal.JournalFolder;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.FormatDetector;
import weir.ingest.pipeline.RefusedContent;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.pipeline.UnknownColumns;
import weir.ingest.record.FlowFormat;

/// Makes rows of what journals hold and the store lacks. Used once, by one thread.
final class LiveReplay {
    private final JournalFolder folder;
    private final RunOptions options;
    private final LiveCommit commit;
    private final UnknownColumns columns;
    private final FormatDetector formats = new FormatDetector();
    private final List<String> remarks = new ArrayList<>();
    private LiveMarks marks;

    /// The rows of the session that is being read; null before its first block.
    private @Nullable LiveRows rows;

    private boolean isRefused;
    private String name = "";
    private long bytes;

    LiveReplay(Store store, StoreWriter writer, JournalFolder folder, RunOptions options) {
        this.folder = folder;
        this.options = options;
        this.commit = new LiveCommit(store, writer, options.segmentRows());
        this.marks = LiveMarks.of(writer);
        this.columns = columns(store);
    }

    static UnknownColumns columns(Store store) {
        try (Snapshot snapshot = store.snapshotOfReadable()) {
            return UnknownColumns.of(snapshot);
        }
    }

    /// Makes rows of everything that sessions which ended left, and deletes their journals.
    ///
    /// @return what was done; null when there was nothing to do
    /// @throws StoreException when the store cannot be written; another call goes on from there
    /// @throws IllegalStateException when the JVM runs without the options that journals need
    @Nullable Recovery recover() {
        List<JournalFolder.Part> parts = folder.parts();
        long records = 0;
        int from = 0;
        while (from < parts.size()) {
            long session = parts.get(from).session();
            int to = from;
            while (to < parts.size() && parts.get(to).session() == session) {
                to++;
            }
            records += recover(session, parts.subList(from, to));
            from = to;
        }
        return records == 0 && remarks.isEmpty()
                ? null
                : new Recovery(records, List.copyOf(remarks));
    }

    private long recover(long session, List<JournalFolder.Part> parts) {
        long records = 0;
        if (session > marks.ended() && session >= marks.session()) {
            marks = marks.in(session);
            long before = marks.records();
            read(parts);
            LiveRows last = rows;
            if (last != null) {
                marks = last.marks();
                commit.commitLast(name, last.format().toString(), bytes, last.cut());
            }
            records = marks.records() - before;
            marks = marks.asEnded();
            rows = null;
            isRefused = false;
        }
        parts.forEach(folder::delete);
        return records;
    }

    /// Where a session stands.
    ///
    /// @param marks what is in the store
    /// @param format the format of the next line; null when nothing was read
    record Standing(LiveMarks marks, @Nullable FlowFormat format) {}

    /// Makes rows of what the store lacks of the session that goes on, whose `parts` are its
    /// journals. The session stays open.
    Standing catchUp(long session, List<JournalFolder.Part> parts) {
        marks = marks.in(session);
        read(parts);
        LiveRows last = rows;
        if (last != null && last.hasMore()) {
            commit.commit(name, last.cut());
        }
        return last == null ? new Standing(marks, null) : new Standing(last.marks(), last.format());
    }

    private void read(List<JournalFolder.Part> parts) {
        for (JournalFolder.Part part : parts) {
            String damage = Journal.read(part, this::read);
            if (damage != null) {
                remarks.add(part.path() + ": " + damage);
            }
        }
    }

    private void read(JournalBlock block) {
        if (isRefused) {
            return;
        }
        try {
            readBlock(block);
        } catch (RefusedContent e) {
            // The session ended here: whoever appended was told the same.
            isRefused = true;
            remarks.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readBlock(JournalBlock block) throws IOException {
        long line = rows == null ? marks.line() : rows.marks().line();
        bytes = block.offsetBytes() + (block.to() - block.from());
        name = block.name();
        FlowFormat format = FlowFormat.ofNames(block.format());
        int end = block.to() - block.from();
        byte[] text =
                Arrays.copyOfRange(
                        block.bytes(), block.from(), block.to() + BlockParser.SLACK_BYTES);
        int from = 0;
        for (long skipped = block.line(); skipped < line && from < end; skipped++) {
            if (block.isLongLine()) {
                return;
            }
            int next = behindLine(text, from);
            format = formats.behind(text, from, next - 1, format);
            from = next;
        }
        if (from == end) {
            return;
        }
        if (rows == null) {
            rows =
                    new LiveRows(
                            name,
                            format,
                            options,
                            columns,
                            marks,
                            batch -> {
                                commit.commit(name, batch);
                                return true;
                            });
        }
        if (block.isLongLine()) {
            rows.rejectLongLine(text, 0, end, block.offsetBytes());
        } else {
            rows.read(text, from, end, block.offsetBytes() + from);
        }
    }

    private static int behindLine(byte[] text, int from) {
        int at = from;
        while (text[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
