// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.scan.WholeBlocks;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Long work between batches ends when the query may not go on.
class StoppedWorkTest {
    private static final int ROWS = 500_000;

    @TempDir Path directory;

    private static QueryContext context(Duration timeout) {
        return new QueryContext(1, 1L << 30, timeout, ScanOptions.defaults());
    }

    private static int[] shuffled() {
        Random random = new Random(7);
        int[] rows = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = random.nextInt(ROWS);
        }
        return rows;
    }

    @Test
    void aSortEndsAtItsDeadline() {
        int[] rows = shuffled();
        QueryContext context = context(Duration.ofMillis(50));
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () -> {
                            while (true) {
                                RowSort.sort(rows.clone(), Integer::compare, context);
                            }
                        });
        assertEquals(
                "The query took longer than its limit of 50 ms; raise it with --timeout",
                failure.getMessage());
    }

    @Test
    void aCancelledSortComparesLittleMore() {
        QueryContext context = context(Duration.ofMinutes(5));
        AtomicInteger compared = new AtomicInteger();
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                RowSort.sort(
                                        shuffled(),
                                        (a, b) -> {
                                            if (compared.incrementAndGet() == 100_000) {
                                                context.cancel();
                                            }
                                            return Integer.compare(a, b);
                                        },
                                        context));
        assertEquals(QueryException.Code.CANCELLED, failure.code());
        assertTrue(compared.get() < 300_000, compared + " comparisons");
    }

    @Test
    void mergesOfManyValuesEndWhenTheQueryIsCancelled() {
        for (SqlType type : List.of(BasicType.BIGINT, BasicType.DOUBLE, BasicType.VARCHAR)) {
            QueryContext context = context(Duration.ofMinutes(5));
            ValueIds left = ValueIds.of(type, context);
            ValueIds right = ValueIds.of(type, context);
            for (long i = 0; i < 100_000; i++) {
                Object value =
                        type == BasicType.BIGINT
                                ? (Object) i
                                : type == BasicType.DOUBLE ? (Object) (double) i : "v" + i;
                right.idOf(value);
            }
            context.cancel();
            assertThrows(QueryException.class, () -> left.merge(right, context));
            assertTrue(left.size() < 70_000, left.size() + " of " + type);
        }
    }

    @Test
    void aSinkThatCannotBeMadeLeavesNoThread() {
        try (SampleTable table = SampleTable.create(directory, new Random(3), 500, 500, 500)) {
            QueryContext context =
                    new QueryContext(3, 1L << 30, Duration.ofMinutes(1), ScanOptions.defaults());
            RowStream stream =
                    RowStream.of(
                            new SegmentScanPlan(
                                    ((weir.query.catalog.Table.Segments) table.table().source())
                                            .snapshot(),
                                    List.of(0),
                                    null,
                                    new TreeSet<>(List.of(0)),
                                    WholeBlocks.NONE,
                                    null,
                                    null,
                                    context),
                            context);
            AtomicInteger made = new AtomicInteger();
            AtomicBoolean isRead = new AtomicBoolean();
            IllegalStateException failure =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    ParallelRun.run(
                                            stream,
                                            () -> {
                                                if (made.incrementAndGet() == 3) {
                                                    throw new IllegalStateException("no room");
                                                }
                                                return (batch, position) -> isRead.set(true);
                                            }));
            assertEquals("no room", failure.getMessage());
            assertEquals(3, made.get());
            assertTrue(!isRead.get(), "a thread was started before all sinks were there");
        }
    }
}
