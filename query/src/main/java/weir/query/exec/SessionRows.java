// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;

/// Makes sessions of slots of time, for one part of the partitions. Belongs to one thread.
///
/// Most partitions have one slot, which is their session: its columns are given on. The others are
/// numbered by their times and grouped once more.
final class SessionRows {
    /// Of a slot that is numbered: as an object in a list, a number, and a copy of its row's place.
    private static final long SLOT_BYTES = 80;

    private final SessionsAsGroups plan;
    private final SortedSet<Integer> used;
    private final boolean isPositioned;
    private final QueryContext context;

    /// @param used which columns of the grouping somebody reads
    /// @param isPositioned whether to tell where the first rows of sessions stood
    SessionRows(
            SessionsAsGroups plan,
            SortedSet<Integer> used,
            boolean isPositioned,
            QueryContext context) {
        this.plan = plan;
        this.used = used;
        this.isPositioned = isPositioned;
        this.context = context;
    }

    /// The sessions of `slots`.
    ///
    /// @param mayReorder whether they may come in another order than their first slots
    BatchSource of(BatchSource slots, boolean mayReorder) {
        List<VectorBatch> batches = read(slots);
        List<int[]> partitions = new ArrayList<>();
        int[] counts = partitions(batches, partitions);
        List<BatchSource> results = new ArrayList<>();
        List<VectorBatch> several = new ArrayList<>();
        List<int[]> severalOf = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            VectorBatch batch = batches.get(i);
            int[] of = partitions.get(i);
            int[] lone = new int[batch.rowCount()];
            int[] rest = new int[batch.rowCount()];
            int loneCount = 0;
            int restCount = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (mayReorder && counts[of[row]] == 1) {
                    lone[loneCount++] = row;
                } else {
                    rest[restCount++] = row;
                }
            }
            if (loneCount > 0) {
                results.add(BatchSource.of(whole(picked(batch, lone, loneCount))));
            }
            if (restCount > 0) {
                several.add(picked(batch, rest, restCount));
                severalOf.add(IntStream.range(0, restCount).map(r -> of[rest[r]]).toArray());
            }
        }
        results.add(merged(several, severalOf));
        return BatchSource.inTurn(results);
    }

    private List<VectorBatch> read(BatchSource slots) {
        List<VectorBatch> batches = new ArrayList<>();
        for (VectorBatch batch = slots.next(); batch != null; batch = slots.next()) {
            context.check();
            context.reserve(9L * batch.rowCount() * batch.columns().length);
            batches.add(batch);
        }
        return batches;
    }

    private static VectorBatch picked(VectorBatch batch, int[] rows, int count) {
        return count == batch.rowCount() ? batch : Selection.gather(batch, rows, count);
    }

    /// Numbers the partitions of all rows, and gives how many rows each has.
    private int[] partitions(List<VectorBatch> batches, List<int[]> partitions) {
        List<ValueIds> ids = new ArrayList<>();
        for (int key = 0; key < plan.partitionKeys(); key++) {
            ids.add(ValueIds.of(plan.slots().output().get(key).type(), context));
        }
        GroupTable table = new GroupTable(ids, context);
        long position = 0;
        for (VectorBatch batch : batches) {
            Vector[] keys = Arrays.copyOf(batch.columns(), plan.partitionKeys());
            int[] groups = new int[batch.rowCount()];
            table.groupsOf(keys, batch.rowCount(), position, null, groups);
            partitions.add(groups);
            position += batch.rowCount();
        }
        int[] counts = new int[table.groupCount()];
        partitions.forEach(groups -> Arrays.stream(groups).forEach(group -> counts[group]++));
        return counts;
    }

    /// Slots that are sessions as they are: the first of their partitions.
    private VectorBatch whole(VectorBatch batch) {
        long[] first = new long[batch.rowCount()];
        Arrays.fill(first, 1);
        Vector[] columns = numbered(batch, first).columns();
        List<Expr> keys = plan.wholes().keys();
        Vector[] result = new Vector[plan.wholes().output().size()];
        for (int i = 0; i < result.length; i++) {
            Expr source =
                    i < keys.size()
                            ? keys.get(i)
                            : plan.wholes().calls().get(i - keys.size()).arguments().getFirst();
            result[i] = columns[((Expr.Input) source).index()];
        }
        return new VectorBatch(
                batch.rowCount(), result, null, isPositioned ? batch.positions() : null);
    }

    /// The batch with the numbers of sessions behind its columns.
    private static VectorBatch numbered(VectorBatch batch, long[] numbers) {
        Vector[] columns = Arrays.copyOf(batch.columns(), batch.columns().length + 1);
        columns[columns.length - 1] = new Vector.Longs(numbers, null);
        return new VectorBatch(batch.rowCount(), columns, null, batch.positions());
    }

    private BatchSource merged(List<VectorBatch> batches, List<int[]> partitions) {
        List<long[]> numbers = new ArrayList<>();
        long rowCount = 0;
        for (VectorBatch batch : batches) {
            numbers.add(new long[batch.rowCount()]);
            rowCount += batch.rowCount();
        }
        context.reserve(SLOT_BYTES * rowCount);
        number(slots(batches, partitions), batches, numbers);
        AggregateSink sink = new AggregateSink(plan.wholes(), context);
        long position = 0;
        for (int i = 0; i < batches.size(); i++) {
            context.check();
            sink.accept(numbered(batches.get(i), numbers.get(i)), position);
            position += batches.get(i).rowCount();
        }
        return sink.results(used, isPositioned);
    }

    /// One slot: which batch and row it is, and its partition and first start.
    private record Slot(int batch, int row, int partition, @Nullable Long start) {}

    /// All slots, those of a partition together and in the order of time.
    private List<Slot> slots(List<VectorBatch> batches, List<int[]> partitions) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            context.check();
            Vector starts = batches.get(i).column(plan.startColumn());
            for (int row = 0; row < batches.get(i).rowCount(); row++) {
                slots.add(new Slot(i, row, partitions.get(i)[row], time(starts, row)));
            }
        }
        slots.sort(
                Comparator.comparingInt(Slot::partition)
                        .thenComparing(
                                Slot::start, Comparator.nullsLast(Comparator.naturalOrder())));
        return slots;
    }

    private void number(List<Slot> slots, List<VectorBatch> batches, List<long[]> numbers) {
        Sessions sessions = new Sessions();
        int partition = -1;
        int lastStarts = plan.startColumn() + 1;
        for (int i = 0; i < slots.size(); i++) {
            context.checkAt(i);
            Slot slot = slots.get(i);
            if (slot.partition() != partition) {
                partition = slot.partition();
                sessions.restart();
            }
            VectorBatch batch = batches.get(slot.batch());
            Long lastEnd = time(batch.column(lastStarts + 1), slot.row());
            numbers.get(slot.batch())[slot.row()] =
                    sessions.next(slot.start(), lastEnd, plan.gap());
            sessions.extend(time(batch.column(lastStarts), slot.row()));
        }
    }

    private static @Nullable Long time(Vector times, int row) {
        Vector.Longs longs = (Vector.Longs) times;
        return longs.isNull(row) ? null : (Long) longs.values()[row];
    }
}
