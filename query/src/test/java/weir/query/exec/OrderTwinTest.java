// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.plan.LogicalPlan;
import weir.testkit.Seeds;

/// Sorting is stable, the first rows are the first rows of the sorted ones, and LIMIT cuts what is
/// there without it.
class OrderTwinTest {
    @TempDir Path directory;

    @Test
    void ordersEqualTheirTwins() {
        Random random = new Random(Seeds.next("OrderTwinTest"));
        try (SampleTable table = SampleTable.create(directory, random, 2100, 900, 1, 2500)) {
            for (int i = 0; i < 60; i++) {
                List<LogicalPlan.SortKey> keys = new ArrayList<>();
                for (int k = random.nextInt(1, 4); k > 0; k--) {
                    keys.add(
                            new LogicalPlan.SortKey(
                                    random.nextInt(9), random.nextBoolean(), random.nextBoolean()));
                }
                List<List<@Nullable Object>> sorted = new ArrayList<>();
                table.rows.forEach(row -> sorted.add(Arrays.asList(row)));
                RowOrder order = new RowOrder(keys);
                sorted.sort((a, b) -> order.compare(a.toArray(), b.toArray()));
                int offset = random.nextInt(3) == 0 ? random.nextInt(4000) : 0;
                int count = random.nextInt(5) == 0 ? 3000 : random.nextInt(30);
                int end = Math.min(sorted.size(), offset + count);
                List<List<@Nullable Object>> part = sorted.subList(offset, end);
                for (int threads = 1; threads <= 3; threads += 2) {
                    QueryContext context = Rows.context(threads);
                    LogicalPlan scan = table.scan(null);
                    assertEquals(sorted, Rows.of(new LogicalPlan.Sort(scan, keys), context));
                    assertEquals(
                            part,
                            Rows.of(new LogicalPlan.TopN(scan, keys, offset, count), context));
                    assertEquals(
                            part,
                            Rows.of(
                                    new LogicalPlan.Limit(
                                            new LogicalPlan.Sort(scan, keys), offset, count),
                                    context));
                }
            }
        }
    }

    @Test
    void limitGivesTheFirstRowsInOrderOfSegments() {
        Random random = new Random(Seeds.next("OrderTwinTest.limit"));
        try (SampleTable table = SampleTable.create(directory, random, 5000, 3000, 7, 4000)) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            table.rows.forEach(row -> all.add(Arrays.asList(row)));
            for (int threads = 1; threads <= 4; threads++) {
                for (int offset : new int[] {0, 1, 4999, 8003}) {
                    for (int count : new int[] {0, 1, 2048, 6000, -1}) {
                        LogicalPlan plan = new LogicalPlan.Limit(table.scan(null), offset, count);
                        int end = count < 0 ? all.size() : Math.min(all.size(), offset + count);
                        assertEquals(
                                all.subList(offset, end), Rows.of(plan, Rows.context(threads)));
                    }
                }
            }
        }
    }
}
