// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.query.value.Allowance;
import weir.query.value.ValueSize;

/// Any aggregate over frames, by its accumulator: frames that only grow are one group that rows are
/// added to; of others the whole blocks are merged from a tree over blocks of the partition and the
/// rows at both ends are added, so that a frame costs the logarithm of its length.
final class WindowAggregate implements WindowEvaluator {
    /// Rows of a leaf of the tree: adding so many costs about as much as a merge.
    private static final int BLOCK_ROWS = 32;

    /// Results are counted when there are so many bytes of them, or a chunk is full.
    private static final int CHUNK_BYTES = 1 << 16;

    private final Supplier<Accumulator> accumulators;
    private final Vector[] arguments;
    private final FrameRows frames;
    private final QueryContext context;
    private final List<Vector> results = new ArrayList<>();
    private final int[] groups = new int[Limits.BATCH_ROWS];
    private final int[] picked = new int[Limits.BATCH_ROWS];
    private final int rowCount;
    private final boolean @Nullable [] isCounted;
    private final Accumulator growing;
    private int done;
    private VectorBuilder chunk;
    private long chunkBytes;

    /// @param accumulators gives a new accumulator of the aggregate
    /// @param arguments their values by place
    /// @param isCounted which places count; null when all
    WindowAggregate(
            Supplier<Accumulator> accumulators,
            Vector[] arguments,
            boolean @Nullable [] isCounted,
            FrameRows frames,
            int rowCount,
            QueryContext context) {
        this.accumulators = accumulators;
        this.arguments = arguments;
        this.isCounted = isCounted;
        this.frames = frames;
        this.rowCount = rowCount;
        this.context = context;
        growing = accumulators.get();
        chunk = new VectorBuilder(growing.type(), chunkRows());
    }

    private int chunkRows() {
        return Math.min(Limits.BATCH_ROWS, rowCount - done);
    }

    /// Takes the result of the next place; places come in order.
    private void put(Accumulator accumulator, int group) {
        Object result = accumulator.result(group);
        chunk.set(done % Limits.BATCH_ROWS, result);
        chunkBytes += ValueSize.bytes(result);
        done++;
        if (chunkBytes > CHUNK_BYTES) {
            countChunk();
        }
        if (done % Limits.BATCH_ROWS == 0 || done == rowCount) {
            chunkBytes += 16L * Limits.BATCH_ROWS;
            countChunk();
            results.add(chunk.build());
            chunk = new VectorBuilder(growing.type(), chunkRows());
        }
    }

    private void countChunk() {
        context.reserve(chunkBytes);
        chunkBytes = 0;
        Allowance.current().take();
    }

    @Override
    public void evaluate(WindowPartition partition) {
        frames.goTo(partition, context);
        if (frames.isGrowing()) {
            grow(partition);
        } else if (growing instanceof GroupwiseAccumulator) {
            merge(partition);
        } else {
            recompute(partition);
        }
    }

    private void grow(WindowPartition partition) {
        // A group of its own for each partition; the last one takes no row: it is the empty frame.
        int group = 2 * partition.index();
        growing.ensure(group + 2);
        int reached = partition.from();
        for (int i = 0; i < partition.size(); i++) {
            int end = frames.end(i);
            if (frames.start(i) == end) {
                put(growing, group + 1);
                continue;
            }
            add(growing, group, reached, end);
            reached = end;
            put(growing, group);
        }
    }

    /// Adds the rows at places `from` to before `to` to a group.
    private void add(Accumulator accumulator, int group, int from, int to) {
        for (int at = from; at < to; at += Limits.BATCH_ROWS) {
            context.check();
            int count = Math.min(Limits.BATCH_ROWS, to - at);
            Vector[] part = new Vector[arguments.length];
            if (isCounted == null) {
                for (int a = 0; a < part.length; a++) {
                    part[a] = VectorValues.slice(arguments[a], at, count);
                }
            } else {
                count = pick(isCounted, at, count);
                for (int a = 0; a < part.length; a++) {
                    part[a] = VectorValues.gather(arguments[a], picked, count);
                }
            }
            Arrays.fill(groups, 0, count, group);
            if (count > 0) {
                // Rows that are left out do not change which comes first.
                accumulator.add(new AggregateInput(groups, count, at, null), part);
            }
        }
    }

    private int pick(boolean[] isCounted, int from, int count) {
        int found = 0;
        for (int place = from; place < from + count; place++) {
            picked[found] = place;
            found += isCounted[place] ? 1 : 0;
        }
        return found;
    }

    /// For aggregates whose groups cannot be merged: their results are as long as the frames.
    private void recompute(WindowPartition partition) {
        for (int i = 0; i < partition.size(); i++) {
            Accumulator one = accumulators.get();
            one.ensure(1);
            add(one, 0, frames.start(i), frames.end(i));
            put(one, 0);
            one.release();
        }
    }

    private void merge(WindowPartition partition) {
        int blocks = Math.ceilDiv(partition.size(), BLOCK_ROWS);
        int leaves = Math.max(1, Integer.highestOneBit(2 * blocks - 1));
        GroupwiseAccumulator tree = tree(partition, leaves);
        GroupwiseAccumulator frame = (GroupwiseAccumulator) accumulators.get();
        for (int i = 0; i < partition.size(); i++) {
            context.checkAt(i);
            int group = i % Limits.BATCH_ROWS;
            if (group == 0 && i > 0) {
                frame.release();
                frame = (GroupwiseAccumulator) accumulators.get();
            }
            frame.ensure(group + 1);
            addFrame(tree, leaves, partition.from(), frames.start(i), frames.end(i), frame, group);
            put(frame, group);
        }
        frame.release();
        tree.release();
    }

    private GroupwiseAccumulator tree(WindowPartition partition, int leaves) {
        GroupwiseAccumulator tree = (GroupwiseAccumulator) accumulators.get();
        tree.ensure(2 * leaves);
        for (int block = 0; block * BLOCK_ROWS < partition.size(); block++) {
            int from = partition.from() + block * BLOCK_ROWS;
            add(tree, leaves + block, from, Math.min(from + BLOCK_ROWS, partition.to()));
        }
        for (int node = leaves - 1; node > 0; node--) {
            tree.mergeGroup(tree, 2 * node, node);
            tree.mergeGroup(tree, 2 * node + 1, node);
        }
        return tree;
    }

    private void addFrame(
            GroupwiseAccumulator tree,
            int leaves,
            int origin,
            int start,
            int end,
            GroupwiseAccumulator frame,
            int group) {
        int firstBlock = Math.ceilDiv(start - origin, BLOCK_ROWS);
        int lastBlock = (end - origin) / BLOCK_ROWS;
        if (firstBlock >= lastBlock) {
            add(frame, group, start, end);
            return;
        }
        add(frame, group, start, origin + firstBlock * BLOCK_ROWS);
        mergeBlocks(tree, leaves, firstBlock, lastBlock, frame, group);
        add(frame, group, origin + lastBlock * BLOCK_ROWS, end);
    }

    /// Adds blocks `from` to before `to`, in order: nodes of the left edge on the way up, those of
    /// the right edge on the way down.
    private static void mergeBlocks(
            GroupwiseAccumulator tree,
            int leaves,
            int from,
            int to,
            GroupwiseAccumulator frame,
            int group) {
        int[] rightEdge = new int[Integer.SIZE];
        int rightCount = 0;
        int left = from + leaves;
        int right = to + leaves;
        while (left < right) {
            if ((left & 1) == 1) {
                frame.mergeGroup(tree, left++, group);
            }
            if ((right & 1) == 1) {
                rightEdge[rightCount++] = --right;
            }
            left >>= 1;
            right >>= 1;
        }
        while (rightCount > 0) {
            frame.mergeGroup(tree, rightEdge[--rightCount], group);
        }
    }

    @Override
    public Vector results(int from, int count) {
        Vector whole = results.get(from / Limits.BATCH_ROWS);
        return VectorValues.slice(whole, from % Limits.BATCH_ROWS, count);
    }
}
