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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
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

    private final StoreWriter writer;

    /// Held shared by whoever writes with the writer, and alone to begin with it anew.
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

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

    /// Whether rows were dropped and are to be read from the journal again.
    private boolean isStale;

    private volatile boolean isStalled;

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
            LiveMarks marks = rows.marks();
            records = marks.records();
            line = marks.line();
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
                // What cannot be forced is safe as rows.
                if (LiveMarks.of(writer).in(session).line() < line) {
                    publishRows();
                }
                if (forced == journal) {
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
        use.readLock().lock();
        try {
            return work.apply(writer);
        } finally {
            use.readLock().unlock();
        }
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

    /// Whether it waits for the disk.
    public boolean isStalled() {
        return isStalled;
    }

    /// Lets whoever waits for the disk fail, so that this can be closed: what is safe stays so.
    public void endWaiting() {
        isClosing = true;
    }

    private void checkOpen() throws IOException {
        if (isClosed) {
            throw new IllegalStateException("the live session was closed");
        }
        if (broken != null) {
            throw new IllegalStateException("the live session is broken", broken);
        }
        if (refusal != null) {
            throw refusal;
        }
        mendRows();
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
        boolean isRead = false;
        try {
            if (isLongLine) {
                rows.rejectLongLine(lines, 0, count, offset);
            } else {
                rows.read(lines, 0, count, offset);
            }
            isRead = true;
        } catch (RefusedContent e) {
            refusal = e;
            isRead = true;
            throw e;
        } finally {
            // The journal has all of the block: what rows lack of it comes from there.
            isStale |= !isRead;
            drop(count);
        }
        if (journal.sizeBytes() >= options.partBytes()) {
            nextJournal();
        }
    }

    private void appendToJournal(JournalBlock block) throws IOException {
        int size = block.to() + LineBlocks.BLOCK_BYTES;
        while (true) {
            awaitRoom(size);
            try {
                journal.append(block);
                resume();
                return;
            } catch (StoreException e) {
                // What was appended before is whole; the block goes to another journal.
                stall(String.valueOf(e.getMessage()));
                pause();
                nextJournal();
            }
        }
    }

    private void awaitRoom(int size) throws IOException {
        if (!journal.hasRoom(size) && journal.sizeBytes() > 0) {
            // What the journal holds may be in the store already: then its room comes back.
            publishRows();
            nextJournal();
        }
        if (!journal.hasRoom(size)) {
            stall("the disk is full");
            while (!journal.hasRoom(size)) {
                pause();
            }
            resume();
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
        deleteFinished();
        int next = journal.part().part() + 1;
        journal = untilWritten(() -> Journal.create(folder, session, next));
    }

    /// What cannot be deleted now is tried again later.
    private void deleteFinished() {
        long line = LiveMarks.of(writer).in(session).line();
        try {
            while (!finished.isEmpty() && finished.getFirst().endLine <= line) {
                folder.delete(finished.getFirst().part);
                finished.removeFirst();
            }
        } catch (StoreException _) {
            // Whoever takes over would find nothing new in it.
        }
    }

    private void stall(String reason) {
        if (!isStalled) {
            isStalled = true;
            listener.stalled(reason);
        }
    }

    private void resume() {
        if (isStalled) {
            isStalled = false;
            listener.resumed();
        }
    }

    // --- rows to segments ---

    /// Has what `cut` gives written behind, once the segment before is; only then is it cut, since
    /// both use the same memory in turn. Gives false when the one before failed, and the rows came
    /// into the store another way.
    private boolean hand(Supplier<LiveRows.Batch> cut) throws IOException {
        if (!await()) {
            return false;
        }
        LiveRows.Batch batch = cut.get();
        LiveCommit by = commit;
        writing = behind.submit(() -> write(by, batch));
        return true;
    }

    private void write(LiveCommit by, LiveRows.Batch batch) {
        write(_ -> {
            by.commit(options.name(), batch);
            try {
                by.merge();
            } catch (StoreException _) {
                // The rows are in the store. Small segments stay as they are.
            }
            return true;
        });
    }

    private void publishRows() throws IOException {
        if (rows.hasMore()) {
            hand(() -> rows.cut());
        }
        await();
        deleteFinished();
    }

    /// Waits until nothing is being written; gives false when that failed, and everything in the
    /// journal is in the store now. An interrupt is left to whoever looks for one: to stop here
    /// would lose sight of the segment.
    private boolean await() throws IOException {
        Future<?> current = writing;
        if (current == null) {
            return true;
        }
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    current.get();
                    writing = null;
                    return true;
                } catch (InterruptedException _) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            writing = null;
            if (e.getCause() instanceof StoreException failure) {
                startAgain(String.valueOf(failure.getMessage()));
                return false;
            }
            broken = e.getCause();
            throw new IllegalStateException("the live session is broken", e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /// Drops the rows, begins with the writer anew, and reads what the store lacks from the
    /// journal: over and over until that works.
    private void startAgain(String reason) throws IOException {
        isStale = true;
        FlowFormat format = rows.format();
        stall(reason);
        LiveReplay.Standing now = untilWritten(this::catchUp);
        rows = newRows(now.marks(), now.format() == null ? format : now.format());
        isStale = false;
        resume();
        now.remarks().forEach(listener::lost);
    }

    /// Reads from the journal what was dropped before, if anything was.
    private void mendRows() throws IOException {
        if (isStale) {
            startAgain("rows are read from the journal again");
        }
    }

    private LiveReplay.Standing catchUp() {
        use.writeLock().lock();
        try {
            writer.renew();
            commit = new LiveCommit(store, writer, run.segmentRows());
            List<JournalFolder.Part> parts =
                    folder.parts().stream().filter(part -> part.session() == session).toList();
            return new LiveReplay(store, writer, folder, run).catchUp(session, parts);
        } finally {
            use.writeLock().unlock();
        }
    }

    private interface Work<T> {
        T run();
    }

    /// An interrupt would close the files that are being written, and pass for a disk that failed.
    private static <T> T uninterrupted(Work<T> work) {
        boolean isInterrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T untilWritten(Work<T> work) throws IOException {
        while (true) {
            try {
                T result = uninterrupted(work);
                resume();
                return result;
            } catch (StoreException e) {
                stall(String.valueOf(e.getMessage()));
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
                lookSafely();
                tick.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private void lookSafely() {
        try {
            if (broken == null) {
                look();
            }
        } catch (IOException | StoreException _) {
            // Whoever appends next is told, or the next look tries again.
        } catch (RuntimeException | Error e) {
            broken = broken == null ? e : broken;
        }
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        mendRows();
        if (refusal == null && filled > 0 && now - gatheredNanos > GATHER_NANOS) {
            writeLines();
        }
        boolean isFree = writing == null || writing.isDone();
        if (isFree && writing != null) {
            await();
            deleteFinished();
        }
        if (isFree && rows.hasMore() && now - rowsNanos >= options.freshness().toNanos()) {
            hand(() -> rows.cut());
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
                // What is being written ends before the lock of the store is given back.
                try (StoreWriter _ = writer) {
                    behind.close();
                    journal.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish() throws IOException {
        RefusedContent refused = null;
        if (refusal == null) {
            if (filled > 0 && !isInLongLine && buffer[filled - 1] != '\n') {
                buffer[filled++] = '\n';
            }
            try {
                writeLines();
            } catch (RefusedContent e) {
                refused = e;
            }
        }
        mendRows();
        await();
        uninterrupted(() -> {
            String format = rows.format().toString();
            commit.commitLast(options.name(), format, offset, rows.cut());
            return true;
        });
        finished.add(new Finished(journal.part(), rows.marks().line()));
        deleteFinished();
        if (refused != null) {
            throw refused;
        }
    }
}
