// SPDX-License-Identifier: Apache-2.0
package weir.query;

import java.time.Clock;
import java.time.Duration;

/// How a query may run. None of it changes an answer, but for `skipDamaged`.
///
/// @param threads how many threads may work at once, from 1 to 1,024
/// @param memoryLimitBytes most bytes of rows and tables it may keep, at least 1 MiB
/// @param timeout how long it may take, more than nothing
/// @param useIndexes whether bitmap indexes may be asked
/// @param useZones whether zone maps may be asked
/// @param skipDamaged whether segments that are damaged where the query reads them are left out,
///   each as a whole and named in [QueryResult#skippedSegments()], instead of failing the query
/// @param clock where `current_timestamp` comes from
public record QueryOptions(
        int threads,
        long memoryLimitBytes,
        Duration timeout,
        boolean useIndexes,
        boolean useZones,
        boolean skipDamaged,
        Clock clock) {
    private static final int THREADS_MAX = 1024;
    private static final long MEMORY_MIN_BYTES = 1 << 20;

    /// Checks the bounds.
    ///
    /// @throws IllegalArgumentException when one is not kept, naming it
    public QueryOptions {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "threads is 1 to " + THREADS_MAX + ", not " + threads);
        }
        if (memoryLimitBytes < MEMORY_MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the memory limit is at least "
                            + MEMORY_MIN_BYTES
                            + " bytes, not "
                            + memoryLimitBytes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout is more than 0, not " + timeout);
        }
    }

    /// A thread for each core, half of the heap, one hour, all ways to prune, the system's clock.
    public static QueryOptions defaults() {
        Runtime runtime = Runtime.getRuntime();
        return new QueryOptions(
                Math.clamp(runtime.availableProcessors(), 1, THREADS_MAX),
                Math.max(MEMORY_MIN_BYTES, runtime.maxMemory() / 2),
                Duration.ofHours(1),
                true,
                true,
                false,
                Clock.systemUTC());
    }

    /// The same with another number of threads.
    public QueryOptions withThreads(int count) {
        return new QueryOptions(
                count, memoryLimitBytes, timeout, useIndexes, useZones, skipDamaged, clock);
    }

    /// The same with another memory limit.
    public QueryOptions withMemoryLimitBytes(long bytes) {
        return new QueryOptions(threads, bytes, timeout, useIndexes, useZones, skipDamaged, clock);
    }

    /// The same with another timeout.
    public QueryOptions withTimeout(Duration limit) {
        return new QueryOptions(
                threads, memoryLimitBytes, limit, useIndexes, useZones, skipDamaged, clock);
    }

    /// The same with or without pruning.
    public QueryOptions withPruning(boolean indexes, boolean zones) {
        return new QueryOptions(
                threads, memoryLimitBytes, timeout, indexes, zones, skipDamaged, clock);
    }

    /// The same with or without the answer from the rest where segments are damaged.
    public QueryOptions withSkipDamaged(boolean skips) {
        return new QueryOptions(
                threads, memoryLimitBytes, timeout, useIndexes, useZones, skips, clock);
    }

    /// The same with another clock.
    public QueryOptions withClock(Clock other) {
        return new QueryOptions(
                threads, memoryLimitBytes, timeout, useIndexes, useZones, skipDamaged, other);
    }
}
