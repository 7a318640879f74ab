// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.testkit.Seeds;

/// A sink that keeps the first rows of partitions keeps all that are asked for, in their order, and
/// few others.
class TopOfPartitionsSinkTest {
    private static final int ROWS_MIN = 200;
    private static final int PARTS = 6;

    /// @param id counts the rows in the order they stand
    private record Row(long partition, long key, long id) {}

    @Test
    void whatIsAskedForIsKeptInOrder() {
        Random random = new Random(Seeds.next("TopOfPartitionsSinkTest"));
        for (int round = 0; round < 60; round++) {
            LogicalPlan.Window.Top top =
                    new LogicalPlan.Window.Top(random.nextInt(4), random.nextBoolean());
            int partitions = random.nextInt(1, 8);
            TopOfPartitionsSink.Wanted wanted =
                    new TopOfPartitionsSink.Wanted(
                            List.of(BasicType.BIGINT, BasicType.BIGINT, BasicType.BIGINT),
                            List.of(0),
                            List.of(new LogicalPlan.SortKey(1, false, false)),
                            top);
            QueryContext context = Rows.context(1);
            List<TopOfPartitionsSink> sinks = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                sinks.add(new TopOfPartitionsSink(wanted, ROWS_MIN, context));
            }
            List<Row> rows = new ArrayList<>();
            for (int part = 0; part < PARTS; part++) {
                fill(sinks.get(random.nextInt(2)), part, partitions, rows, random);
            }
            List<Row> kept = new ArrayList<>();
            List<CollectSink> left = sinks.stream().map(TopOfPartitionsSink::rows).toList();
            BuildRows.ofWindow(left, wanted.types(), context)
                    .batches()
                    .forEach(batch -> rowsOf(batch, kept));
            assertEquals(
                    kept.stream().sorted(Comparator.comparingLong(Row::id)).toList(),
                    kept,
                    "the order of the rows");
            Set<Row> known = new HashSet<>(kept);
            assertEquals(kept.size(), known.size(), "each row once");
            assertTrue(known.containsAll(askedFor(rows, top)), () -> top + " of " + rows);
            assertTrue(kept.size() < rows.size() / 2, () -> kept.size() + " of " + rows.size());
        }
    }

    /// Gives a sink the rows of one part.
    private static void fill(
            TopOfPartitionsSink sink, int part, int partitions, List<Row> rows, Random random) {
        long position = (long) part << 40;
        for (int batch = 0; batch < 30; batch++) {
            int count = random.nextInt(1, 60);
            long[] partition = new long[count];
            long[] key = new long[count];
            long[] id = new long[count];
            for (int i = 0; i < count; i++) {
                partition[i] = random.nextInt(partitions);
                key[i] = random.nextInt(500);
                id[i] = rows.size();
                rows.add(new Row(partition[i], key[i], id[i]));
            }
            Vector[] columns = {
                new Vector.Longs(partition, null),
                new Vector.Longs(key, null),
                new Vector.Longs(id, null)
            };
            sink.accept(new VectorBatch(count, columns), position);
            position += count;
        }
    }

    private static void rowsOf(VectorBatch batch, List<Row> rows) {
        for (int i = 0; i < batch.rowCount(); i++) {
            rows.add(new Row(value(batch, 0, i), value(batch, 1, i), value(batch, 2, i)));
        }
    }

    private static long value(VectorBatch batch, int column, int row) {
        return ((Vector.Longs) batch.column(column)).values()[row];
    }

    /// The first rows of each partition, those that equal the last of them, and where it begins.
    private static List<Row> askedFor(List<Row> rows, LogicalPlan.Window.Top top) {
        Map<Long, List<Row>> partitions = new HashMap<>();
        rows.forEach(row ->
                partitions.computeIfAbsent(row.partition(), _ -> new ArrayList<>()).add(row));
        List<Row> asked = new ArrayList<>();
        for (List<Row> partition : partitions.values()) {
            asked.add(partition.getFirst());
            List<Row> sorted =
                    partition.stream()
                            .sorted(Comparator.comparingLong(Row::key).thenComparingLong(Row::id))
                            .toList();
            int count = (int) Math.min(top.rowCount(), sorted.size());
            for (int i = 0; i < sorted.size(); i++) {
                boolean isPeer =
                        top.hasPeers()
                                && count > 0
                                && sorted.get(i).key() == sorted.get(count - 1).key();
                if (i < count || isPeer) {
                    asked.add(sorted.get(i));
                }
            }
        }
        return asked;
    }
}
