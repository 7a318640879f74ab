// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<JournalFolder.Part> unread = new HashSet<>();
    private LiveMarks marks;

    /// The rows of the session that is being read; null before its first block.
    private @Nullable LiveRows rows;

    private boolean isRefused;

    /// The format behind the last line that was read or passed; null before the first block.
    private @Nullable FlowFormat lastFormat;

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
            endSession();
            records = marks.records() - before;
            marks = marks.asEnded();
            rows = null;
            isRefused = false;
        }
        for (JournalFolder.Part part : parts) {
            if (unread.contains(part)) {
                remarks.add("it lies in " + folder.putAside(part));
            } else {
                folder.delete(part);
            }
        }
        return records;
    }

    /// Commits what is left of the session that was read, and what the ledger says of it.
    private void endSession() {
        FlowFormat format = lastFormat;
        lastFormat = null;
        if (format == null) {
            return;
        }
        try {
            LiveRows last = rows == null ? newRows(format) : rows;
            marks = last.marks();
            commit.commitLast(name, last.format().toString(), bytes, last.cut());
        } catch (RefusedContent e) {
            remarks.add(String.valueOf(e.getMessage()));
        }
    }

    /// Where a session stands.
    ///
    /// @param marks what is in the store
    /// @param format the format of the next line; null when nothing was read
    /// @param remarks what could not be read
    record Standing(LiveMarks marks, @Nullable FlowFormat format, List<String> remarks) {}

    /// Makes rows of what the store lacks of the session that goes on, whose `parts` are its
    /// journals. The session stays open.
    Standing catchUp(long session, List<JournalFolder.Part> parts) {
        marks = marks.in(session);
        read(parts);
        LiveRows last = rows;
        if (last != null && last.hasMore()) {
            commit.commit(name, last.cut());
        }
        List<String> told = List.copyOf(remarks);
        return last == null
                ? new Standing(marks, null, told)
                : new Standing(last.marks(), last.format(), told);
    }

    private void read(List<JournalFolder.Part> parts) {
        for (JournalFolder.Part part : parts) {
            String damage = Journal.read(part, this::read);
            if (damage != null) {
                remarks.add(part.path() + ": " + damage);
            }
            if (damage != null || isRefused) {
                unread.add(part);
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
        if (block.line() > line) {
            // What a damaged block held.
            passTo(block.line());
        }
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
        lastFormat = format;
        if (from == end) {
            return;
        }
        if (rows == null) {
            rows = newRows(format);
        }
        if (block.isLongLine()) {
            rows.rejectLongLine(text, 0, end, block.offsetBytes());
        } else {
            rows.read(text, from, end, block.offsetBytes() + from);
        }
    }

    private void passTo(long line) {
        if (rows == null) {
            marks =
                    new LiveMarks(
                            marks.session(),
                            line,
                            marks.records(),
                            marks.rejectedLines(),
                            marks.ended());
        } else {
            rows.passTo(line);
        }
    }

    private LiveRows newRows(FlowFormat format) throws RefusedContent {
        return new LiveRows(
                name,
                format,
                options,
                columns,
                marks,
                cut -> {
                    commit.commit(name, cut.get());
                    return true;
                });
    }

    private static int behindLine(byte[] text, int from) {
        int at = from;
        while (text[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
