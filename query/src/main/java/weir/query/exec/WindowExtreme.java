// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;

/// min and max over frames: the best row so far of frames that only grow, and a tree of the best
/// rows of halves, quarters and so on of the partition for all others.
final class WindowExtreme implements WindowEvaluator {
    private static final int NONE = -1;

    private final boolean isMax;
    private final WindowValues values;
    private final FrameRows frames;
    private final QueryContext context;
    private final int[] places;
    private int[] tree = new int[16];

    WindowExtreme(
            boolean isMax,
            WindowValues values,
            FrameRows frames,
            int rowCount,
            QueryContext context) {
        this.isMax = isMax;
        this.values = values;
        this.frames = frames;
        this.context = context;
        context.reserve(4L * rowCount);
        places = new int[rowCount];
    }

    @Override
    public void evaluate(WindowPartition partition) {
        frames.goTo(partition, context);
        if (frames.isGrowing()) {
            grow(partition);
        } else {
            search(partition);
        }
    }

    private void grow(WindowPartition partition) {
        int best = NONE;
        int reached = partition.from();
        for (int i = 0; i < partition.size(); i++) {
            context.checkAt(i);
            int end = frames.end(i);
            boolean isEmpty = frames.start(i) == end;
            while (!isEmpty && reached < end) {
                best = better(best, candidate(reached));
                reached++;
            }
            places[partition.from() + i] = isEmpty ? NONE : best;
        }
    }

    private int candidate(int place) {
        return values.isNull(place) ? NONE : place;
    }

    /// The place whose value wins.
    private int better(int known, int other) {
        if (known == NONE || other == NONE) {
            return known == NONE ? other : known;
        }
        return values.isBetter(other, known, isMax) ? other : known;
    }

    private void search(WindowPartition partition) {
        int size = partition.size();
        tree = WindowPartition.grown(tree, 2 * size);
        for (int i = 0; i < size; i++) {
            tree[size + i] = candidate(partition.from() + i);
        }
        for (int node = size - 1; node > 0; node--) {
            tree[node] = better(tree[2 * node], tree[2 * node + 1]);
        }
        for (int i = 0; i < size; i++) {
            context.checkAt(i);
            int best = NONE;
            int left = frames.start(i) - partition.from() + size;
            int right = frames.end(i) - partition.from() + size;
            while (left < right) {
                if ((left & 1) == 1) {
                    best = better(best, tree[left++]);
                }
                if ((right & 1) == 1) {
                    best = better(best, tree[--right]);
                }
                left >>= 1;
                right >>= 1;
            }
            places[partition.from() + i] = best;
        }
    }

    @Override
    public Vector results(int from, int count) {
        VectorBuilder builder = new VectorBuilder(values.type(), count);
        for (int i = 0; i < count; i++) {
            int place = places[from + i];
            builder.set(i, place == NONE ? null : values.get(place));
        }
        return builder.build();
    }
}
