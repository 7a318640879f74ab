// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;

/// Groups the rows of one thread by several sets of keys at once: one grouping for each, over one
/// scan. Sinks of several threads are merged into the first.
final class GroupingSetsSink implements Sink {
    private final LogicalPlan.GroupingSets plan;
    private final QueryContext context;
    private final List<AggregateSink> sinks = new ArrayList<>();

    GroupingSetsSink(LogicalPlan.GroupingSets plan, QueryContext context) {
        this.plan = plan;
        this.context = context;
        for (int set = 0; set < plan.sets().size(); set++) {
            sinks.add(new AggregateSink(plan.aggregate(set), context));
        }
    }

    @Override
    public void accept(VectorBatch batch, long position) {
        sinks.forEach(sink -> sink.accept(batch, position));
    }

    void merge(GroupingSetsSink other) {
        for (int set = 0; set < sinks.size(); set++) {
            context.check();
            sinks.get(set).merge(other.sinks.get(set));
        }
    }

    /// The groups, set by set.
    ///
    /// @param used which columns somebody reads; the others stand empty
    BatchSource results(SortedSet<Integer> used) {
        return new BatchSource() {
            private int set = -1;
            private BatchSource groups = () -> null;

            @Override
            public @Nullable VectorBatch next() {
                while (true) {
                    VectorBatch batch = groups.next();
                    if (batch != null) {
                        return spread(batch, set, used);
                    }
                    if (++set == sinks.size()) {
                        set--;
                        return null;
                    }
                    groups = sinks.get(set).results(usedOf(set, used));
                }
            }
        };
    }

    /// The columns of the grouping by one set that somebody reads.
    private SortedSet<Integer> usedOf(int set, SortedSet<Integer> used) {
        List<Integer> keys = plan.sets().get(set);
        int width = plan.keys().size();
        SortedSet<Integer> own = new TreeSet<>();
        for (int column : used) {
            if (column < width && keys.contains(column)) {
                own.add(keys.indexOf(column));
            } else if (column >= width && column < width + plan.calls().size()) {
                own.add(column - width + keys.size());
            }
        }
        return own;
    }

    /// Groups of one set as rows of all.
    private VectorBatch spread(VectorBatch batch, int set, SortedSet<Integer> used) {
        List<Integer> keys = plan.sets().get(set);
        int width = plan.keys().size();
        int rowCount = batch.rowCount();
        Vector[] columns = new Vector[plan.output().size()];
        Arrays.fill(columns, VectorValues.NOT_READ);
        for (int column : used) {
            if (column == columns.length - 1) {
                long[] numbers = new long[rowCount];
                Arrays.fill(numbers, set);
                columns[column] = new Vector.Longs(numbers, null);
            } else if (column >= width) {
                columns[column] = batch.column(column - width + keys.size());
            } else if (keys.contains(column)) {
                columns[column] = batch.column(keys.indexOf(column));
            } else {
                columns[column] =
                        new VectorBuilder(plan.keys().get(column).type(), rowCount).build();
            }
        }
        return new VectorBatch(rowCount, columns);
    }
}
