// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.fault.StoreException;
import weir.ingest.journal.Journal;
import weir.ingest.journal.JournalBlock;
import weir.ingest.journal.JournalFolder;
import weir.ingest.parse.FormatDetector;
import weir.ingest.pipeline.RefusedContent;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.LineBlocks;

/// The one live session of a store, from its opening to its end. Safe for many threads, whose lines
/// come one after the other.
///
/// Lines go to a journal, then to rows; a thread behind writes rows as segments, at most a
/// freshness after the first of them came. Whoever appends waits while the rows before are being
/// written, so that memory holds two segments and no more.
///
/// *Invariants:*
/// - the journal has every line that is in rows and not in the store, and they are the lines behind
///   the marks of the manifest;
/// - a failure to write takes nothing away: the rows in memory are dropped, and the lines are read
///   from the journal again once writing works.
public final class LiveSession implements AutoCloseable {
    /// Text of a block: so much is appended at once.
    private static final int BLOCK_BYTES = 256 << 10;

    /// How long a line waits for others to share a block.
    private static final long GATHER_NANOS = 50_000_000;

    private static final String COMMAND = "weir ingest --live";
    private static final long TICK_MILLIS = 20;
    private static final long RETRY_NANOS = 250_000_000;

    private final Store store;
    private final LiveOptions options;
    private final RunOptions run;
    private final LiveListener listener;
    private final JournalFolder folder;
    private final long session;
    private final @Nullable Recovery recovered;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition tick = lock.newCondition();
    private final ReentrantLock forcing = new ReentrantLock();
    private final ExecutorService behind =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("live-write").factory());
    private final Thread ticker;

    private StoreWriter writer;
    private LiveCommit commit;
    private Journal journal;
    private LiveRows rows;

    /// Journals before the current one, each with the line it ends behind.
    private final List<Finished> finished = new ArrayList<>();

    /// The segment that is being written; null before the first.
    private @Nullable Future<?> writing;

    /// What was appended and is in no block yet.
    private byte[] buffer = new byte[2 * BLOCK_BYTES];

    private int filled;
    private boolean isInLongLine;

    /// Bytes of the stream before the buffer.
    private long offset;

    private boolean isStarted;
    private boolean isClosed;

    /// Whether somebody wants the lock to close this, so that nobody waits for the disk with it.
    private volatile boolean isClosing;

    /// What ended the writing behind and is no fault of the disk.
    private @Nullable Throwable broken;

    /// Why nothing more can be appended; null while it can.
    private @Nullable RefusedContent refusal;

    /// When the first byte of the buffer came, and the first row since the last cut.
    private long gatheredNanos;

    private long rowsNanos;

    /// Records of blocks in the journal, and those that are known to be safe.
    private long safeRecords;

    private record Finished(JournalFolder.Part part, long endLine) {}

    private LiveSession(
            Store store,
            StoreWriter writer,
            JournalFolder folder,
            LiveOptions options,
            LiveListener listener)
            throws RefusedContent {
        this.store = store;
        this.writer = writer;
        this.folder = folder;
        this.options = options;
        this.listener = listener;
        this.run = Recovery.options(options.format());
        this.recovered = new LiveReplay(store, writer, folder, run).recover();
        LiveMarks marks = LiveMarks.of(writer);
        this.session = Math.max(marks.session(), marks.ended()) + 1;
        this.commit = new LiveCommit(store, writer, run.segmentRows());
        this.rows = newRows(marks.in(session), options.format());
        this.journal = Journal.create(folder, session, 1);
        this.ticker = Thread.ofPlatform().daemon().name("live-tick").unstarted(this::tick);
    }

    /// Begins a session of `store`, whose only writer this is until it is closed, after what a
    /// session that was killed left.
    ///
    /// @param directory where the store lies
    /// @throws StoreException when the store cannot be written, or another writer is at work
    /// @throws RefusedContent when the store has no room for the columns of the format
    /// @throws IllegalStateException when the JVM runs without the options that journals need
    public static LiveSession open(
            Store store, Path directory, LiveOptions options, LiveListener listener)
            throws RefusedContent {
        StoreWriter writer = store.writer(COMMAND);
        try {
            LiveSession session =
                    new LiveSession(store, writer, new JournalFolder(directory), options, listener);
            session.ticker.start();
            return session;
        } catch (IOException | RuntimeException | Error e) {
            writer.close();
            throw e;
        }
    }

    /// What a session before this one left; null when that is nothing.
    public @Nullable Recovery recovered() {
        return recovered;
    }

    private LiveRows newRows(LiveMarks marks, FlowFormat format) throws RefusedContent {
        return new LiveRows(
                options.name(), format, run, LiveReplay.columns(store), marks, this::hand);
    }

    /// Takes the next `size` bytes of the stream, which are whole lines or parts of some. Waits
    /// while the rows before are written, and while the disk is full.
    ///
    /// @throws RefusedContent when the stream cannot be read as records from here on
    /// @throws InterruptedIOException when this thread was interrupted; what was taken stays
    /// @throws IllegalStateException when the session was closed
    public void append(byte[] bytes, int from, int size) throws IOException {
        lock.lock();
        try {
            checkOpen();
            int at = from;
            int end = from + size;
            while (at < end) {
                int count = Math.min(end - at, buffer.length - filled - LineBlocks.SLACK_BYTES);
                System.arraycopy(bytes, at, buffer, filled, count);
                gatheredNanos = filled == 0 ? System.nanoTime() : gatheredNanos;
                filled += count;
                at += count;
                if (filled >= BLOCK_BYTES) {
                    writeLines();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes every whole line that was appended before safe: when this returns, neither the death
    /// of the process nor that of the machine takes it away. Waits while the disk is full.
    ///
    /// @return how many records of this session are safe
    /// @throws IOException as [#append] does
    public long sync() throws IOException {
        Journal forced;
        long records;
        long line;
        lock.lock();
        try {
            checkOpen();
            writeLines();
            forced = journal;
            records = rows.marks().records();
            line = rows.marks().line();
        } finally {
            lock.unlock();
        }
        forcing.lock();
        try {
            force(forced, line);
            safeRecords = Math.max(safeRecords, records);
            return safeRecords;
        } finally {
            forcing.unlock();
        }
    }

    private void force(Journal forced, long line) throws IOException {
        try {
            forced.force();
        } catch (IOException e) {
            lock.lock();
            try {
                // One that was finished was forced before the next was begun.
                if (forced == journal && LiveMarks.of(writer).in(session).line() < line) {
                    publishRows();
                    nextJournal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Makes every whole line that was appended before visible to queries of any process, and waits
    /// until it is.
    ///
    /// @throws IOException as [#append] does
    public void publish() throws IOException {
        lock.lock();
        try {
            checkOpen();
            writeLines();
            publishRows();
        } finally {
            lock.unlock();
        }
    }

    /// Has `work` write to the store meanwhile.
    ///
    /// @throws StoreException when the store cannot be written: nothing is lost, and `work` may be
    ///   tried again
    public <T> T write(Function<? super StoreWriter, T> work) {
        StoreWriter by;
        lock.lock();
        try {
            by = writer;
        } finally {
            lock.unlock();
        }
        return work.apply(by);
    }

    /// How many records came, and how many lines that are none.
    public record Counts(long records, long rejectedLines) {}

    /// What came so far, in whole lines that are in the journal.
    public Counts counts() {
        lock.lock();
        try {
            LiveMarks marks = rows.marks();
            return new Counts(marks.records(), marks.rejectedLines());
        } finally {
            lock.unlock();
        }
    }

    /// Whether it was not closed yet.
    public boolean isOpen() {
        return !isClosing;
    }

    private void checkOpen() throws RefusedContent {
        if (isClosed) {
            throw new IllegalStateException("the live session was closed");
        }
        if (broken != null) {
            throw new IllegalStateException("the live session is broken", broken);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    // --- lines to journal and rows, under the lock ---

    /// Writes the whole lines of the buffer.
    private void writeLines() throws IOException {
        if (isInLongLine) {
            skipLongLine();
        }
        int end = filled;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        if (end > 0) {
            start(end);
            write(false, end);
        } else if (filled > LineBlocks.LINE_BYTES_MAX) {
            write(true, LineBlocks.LINE_BYTES_MAX);
            isInLongLine = true;
            skipLongLine();
        } else if (buffer.length - filled - LineBlocks.SLACK_BYTES < BLOCK_BYTES) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    /// Looks at the first lines of the stream.
    private void start(int end) throws RefusedContent {
        if (isStarted) {
            return;
        }
        isStarted = true;
        String magic = FormatDetector.magic(buffer, 0, end);
        if (magic != null) {
            refusal = new RefusedContent("the stream is not made of records: it " + magic);
            throw refusal;
        }
        if (new FormatDetector().detect(buffer, 0, end, options.format())
                        instanceof FormatDetector.Detected.FlowLog(var format, int markBytes)
                && format.isStamped()) {
            rows = newRows(rows.marks(), format);
        }
    }

    private void skipLongLine() {
        int newline = 0;
        while (newline < filled && buffer[newline] != '\n') {
            newline++;
        }
        isInLongLine = newline == filled;
        drop(isInLongLine ? filled : newline + 1);
    }

    private void drop(int count) {
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        offset += count;
        filled -= count;
    }

    /// Takes the first `count` bytes of the buffer to the journal, then to rows.
    private void write(boolean isLongLine, int count) throws IOException {
        JournalBlock block =
                new JournalBlock(
                        isLongLine,
                        rows.marks().line(),
                        offset,
                        options.name(),
                        rows.format().toNames(),
                        buffer,
                        0,
                        count);
        appendToJournal(block);
        rowsNanos = rows.hasMore() ? rowsNanos : System.nanoTime();
        byte[] lines = buffer;
        try {
            if (isLongLine) {
                rows.rejectLongLine(lines, 0, count, offset);
            } else {
                rows.read(lines, 0, count, offset);
            }
        } catch (RefusedContent e) {
            refusal = e;
            throw e;
        } finally {
            drop(count);
        }
        if (journal.sizeBytes() >= options.partBytes()) {
            nextJournal();
        }
    }

    private void appendToJournal(JournalBlock block) throws IOException {
        int size = block.to() + LineBlocks.BLOCK_BYTES;
        if (!journal.hasRoom(size) && journal.sizeBytes() > 0) {
            // What the journal holds may be in the store already: a new one gives its room back.
            publishRows();
            nextJournal();
        }
        if (!journal.hasRoom(size)) {
            listener.stalled("the disk is full");
            while (!journal.hasRoom(size)) {
                pause();
            }
            listener.resumed();
        }
        try {
            journal.append(block);
        } catch (StoreException e) {
            // What was appended before is whole; the block goes to another journal.
            nextJournal();
            journal.append(block);
        }
    }

    /// Begins another journal, behind which the one before is not needed for anything that is said
    /// to be safe: it is forced, or everything in it is in the store.
    private void nextJournal() throws IOException {
        try {
            journal.force();
        } catch (IOException e) {
            publishRows();
        }
        finished.add(new Finished(journal.part(), rows.marks().line()));
        journal.close();
        int next = journal.part().part() + 1;
        journal = untilWritten(() -> Journal.create(folder, session, next));
        deleteFinished();
    }

    private void deleteFinished() {
        long line = LiveMarks.of(writer).in(session).line();
        while (!finished.isEmpty() && finished.getFirst().endLine <= line) {
            folder.delete(finished.removeFirst().part);
        }
    }

    // --- rows to segments ---

    /// Has `batch` written behind, once the one before is; gives false when that failed, and the
    /// rows of `batch` came into the store another way.
    private boolean hand(LiveRows.Batch batch) throws IOException {
        if (!await()) {
            return false;
        }
        LiveCommit by = commit;
        writing =
                behind.submit(() -> {
                    by.commit(options.name(), batch);
                    by.merge();
                });
        return true;
    }

    private void publishRows() throws IOException {
        if (rows.hasMore()) {
            hand(rows.cut());
        }
        await();
        deleteFinished();
    }

    /// Waits until nothing is being written; gives false when that failed, and everything in the
    /// journal is in the store now.
    private boolean await() throws IOException {
        Future<?> current = writing;
        if (current == null) {
            return true;
        }
        try {
            current.get();
            writing = null;
            return true;
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                startAgain(failure);
                writing = null;
                return false;
            }
            broken = e.getCause();
            throw new IllegalStateException("the live session is broken", e.getCause());
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /// Drops the rows, takes the lock of the store anew, and reads what the store lacks from the
    /// journal: over and over until that works.
    private void startAgain(StoreException failure) throws IOException {
        FlowFormat format = rows.format();
        listener.stalled(String.valueOf(failure.getMessage()));
        LiveReplay.Standing now = untilWritten(this::catchUp);
        rows = newRows(now.marks(), now.format() == null ? format : now.format());
        listener.resumed();
    }

    private LiveReplay.Standing catchUp() {
        writer.close();
        writer = store.writer(COMMAND);
        commit = new LiveCommit(store, writer, run.segmentRows());
        List<JournalFolder.Part> parts =
                folder.parts().stream().filter(part -> part.session() == session).toList();
        return new LiveReplay(store, writer, folder, run).catchUp(session, parts);
    }

    private interface Work<T> {
        T run();
    }

    private <T> T untilWritten(Work<T> work) throws IOException {
        boolean isStalled = false;
        while (true) {
            try {
                T result = work.run();
                if (isStalled) {
                    listener.resumed();
                }
                return result;
            } catch (StoreException e) {
                if (!isStalled) {
                    listener.stalled(String.valueOf(e.getMessage()));
                    isStalled = true;
                }
                pause();
            }
        }
    }

    /// Waits a moment for the disk. The lock is kept: what is in the middle of being written is
    /// nobody else's to see.
    private void pause() throws IOException {
        if (isClosing) {
            throw new StoreException(
                    journal.part().path(),
                    "the session is closed while it waits for the disk: the next process that opens"
                            + " the store goes on");
        }
        LockSupport.parkNanos(RETRY_NANOS);
        if (Thread.interrupted()) {
            throw interrupted();
        }
    }

    // --- time ---

    private void tick() {
        while (true) {
            lock.lock();
            try {
                if (isClosed) {
                    return;
                }
                look();
                tick.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException | InterruptedIOException _) {
                return;
            } catch (IOException | IllegalStateException | StoreException _) {
                // Whoever appends next is told, or the next look tries again.
            } finally {
                lock.unlock();
            }
        }
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        if (refusal == null && filled > 0 && now - gatheredNanos > GATHER_NANOS) {
            writeLines();
        }
        boolean isFree = writing == null || writing.isDone();
        if (isFree && writing != null) {
            await();
            deleteFinished();
        }
        if (isFree && rows.hasMore() && now - rowsNanos >= options.freshness().toNanos()) {
            hand(rows.cut());
        }
    }

    /// Takes what is left, a last line without an end too, and makes all of it visible; the session
    /// is over then and nothing is left of its journals.
    ///
    /// @throws StoreException when the store cannot be written: the next process that opens the
    ///   store finds the rest in the journal
    @Override
    public void close() throws IOException {
        isClosing = true;
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            try {
                finish();
            } finally {
                isClosed = true;
                tick.signalAll();
                journal.close();
                writer.close();
            }
        } finally {
            lock.unlock();
            behind.close();
        }
    }

    private void finish() throws IOException {
        if (refusal == null) {
            if (filled > 0 && !isInLongLine && buffer[filled - 1] != '\n') {
                buffer[filled++] = '\n';
            }
            writeLines();
        }
        await();
        commit.commitLast(options.name(), rows.format().toString(), offset, rows.cut());
        finished.add(new Finished(journal.part(), rows.marks().line()));
        deleteFinished();
    }
}
