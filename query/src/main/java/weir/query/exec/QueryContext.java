// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import weir.engine.TableSnapshot;
import weir.engine.segment.SegmentReader;
import weir.query.fault.QueryException;
import weir.query.value.Allowance;

/// What all threads of one query share: its limits, whether it goes on, and what it did. Safe for
/// many threads.
public final class QueryContext implements Allowance.Limits {
    private static final int STEP_MASK = (1 << 16) - 1;

    private final int threadCount;
    private final long memoryLimitBytes;
    private final long deadlineNanos;
    private final Duration timeout;
    private final ScanOptions scanOptions;
    private final Set<SegmentReader> segmentsRead;
    private final List<TableScan> scans;
    private final AtomicLong reservedBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();
    private final QueryContext whole;
    private volatile boolean isCancelled;

    /// A query that starts now.
    ///
    /// @param threadCount how many threads may work at once, at least 1
    /// @param memoryLimitBytes most bytes of rows and tables it may keep
    /// @param timeout how long it may take
    /// @param scanOptions how it reads segments
    public QueryContext(
            int threadCount, long memoryLimitBytes, Duration timeout, ScanOptions scanOptions) {
        this.threadCount = threadCount;
        this.memoryLimitBytes = memoryLimitBytes;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + Math.min(timeout.toNanos(), Long.MAX_VALUE / 4);
        this.scanOptions = scanOptions;
        this.segmentsRead = ConcurrentHashMap.newKeySet();
        this.scans = new CopyOnWriteArrayList<>();
        this.whole = this;
    }

    private QueryContext(QueryContext whole) {
        this.threadCount = whole.threadCount;
        this.memoryLimitBytes = whole.memoryLimitBytes;
        this.timeout = whole.timeout;
        this.deadlineNanos = whole.deadlineNanos;
        this.scanOptions = whole.scanOptions;
        this.segmentsRead = whole.segmentsRead;
        this.scans = whole.scans;
        this.whole = whole;
    }

    /// The same query for one operator: what is counted here against the memory limit is given back
    /// by [#release()].
    QueryContext part() {
        return new QueryContext(whole);
    }

    /// Gives back all that was counted here: the operator is done and keeps nothing.
    void release() {
        whole.reserve(-reservedBytes.getAndSet(0));
    }

    int threadCount() {
        return threadCount;
    }

    ScanOptions scanOptions() {
        return scanOptions;
    }

    /// The scans that were begun, in that order.
    public List<TableScan> scans() {
        return List.copyOf(scans);
    }

    /// Begins a scan of `table`.
    TableScan scan(TableSnapshot table) {
        TableScan scan = TableScan.of(table);
        scans.add(scan);
        return scan;
    }

    /// Most bytes of rows and tables that were kept at once, as counted against the limit.
    public long peakMemoryBytes() {
        return whole.peakBytes.get();
    }

    /// Says that rows of `segment` are read.
    void reads(SegmentReader segment) {
        segmentsRead.add(segment);
    }

    /// Asked when the last row was given, for what is read without the end of a block in sight: the
    /// blocks that a LIMIT leaves in the middle, and texts of dictionaries.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when a file became shorter meanwhile
    public void checkFiles() {
        segmentsRead.forEach(SegmentReader::checkLength);
    }

    /// What `work` gives, done for this query on this thread: what its expressions make counts.
    ///
    /// @throws QueryException also where the heap is full in spite of the limit
    public <T> T call(Supplier<T> work) {
        try {
            return Allowance.within(whole, work);
        } catch (OutOfMemoryError e) {
            QueryException failure =
                    new QueryException(
                            QueryException.Code.LIMIT_EXCEEDED,
                            "The query needs more memory than the Java heap has; give it more with"
                                    + " -Xmx, or ask for fewer groups or rows");
            failure.initCause(e);
            throw failure;
        } catch (StackOverflowError e) {
            // Operators that stand in one another take frames; how many fit depends on the thread
            // and on what the JVM has compiled.
            QueryException failure =
                    new QueryException(
                            QueryException.Code.LIMIT_EXCEEDED,
                            "Queries stand in one another too deeply for the stack of the thread;"
                                    + " write them side by side in WITH, or give threads more"
                                    + " with -Xss");
            failure.initCause(e);
            throw failure;
        }
    }

    /// Does `work` as [#call] does.
    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /// Stops the query at the next batch of every thread.
    public void cancel() {
        whole.isCancelled = true;
    }

    /// Returns while the query may go on; asked once for every batch.
    ///
    /// @throws QueryException CANCELLED or LIMIT_EXCEEDED when it may not
    @Override
    public void check() {
        if (whole.isCancelled) {
            throw new QueryException(QueryException.Code.CANCELLED, "The query was cancelled");
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "The query took longer than its limit of "
                            + timeout.toMillis()
                            + " ms; raise it with --timeout");
        }
    }

    /// The same for step `step` of a loop without batches: asked at every 65,536th.
    void checkAt(int step) {
        if ((step & STEP_MASK) == 0) {
            check();
        }
    }

    /// Counts `bytes` more (or less, when negative) against the memory limit.
    ///
    /// @throws QueryException LIMIT_EXCEEDED when that is above it
    @Override
    public void reserve(long bytes) {
        long total = reservedBytes.addAndGet(bytes);
        if (whole != this) {
            whole.reserve(bytes);
            return;
        }
        if (bytes <= 0) {
            return;
        }
        peakBytes.accumulateAndGet(total, Math::max);
        if (total > memoryLimitBytes) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "The query needs more than its memory limit of "
                            + memoryLimitBytes
                            + " bytes; raise it with --memory, or ask for fewer groups or rows");
        }
    }
}
