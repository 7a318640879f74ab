// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.index.ZoneMap;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;

/// The state of one aggregate for all groups of one thread.
abstract class Accumulator {
    private final SqlType type;
    private final QueryContext context;
    private final int groupBytes;
    private int capacity;
    private long heldBytes;

    /// @param type of the result
    /// @param groupBytes what a group takes
    Accumulator(SqlType type, QueryContext context, int groupBytes) {
        this.type = type;
        this.context = context;
        this.groupBytes = groupBytes;
    }

    final SqlType type() {
        return type;
    }

    /// Makes room for groups 0 to `groupCount - 1`.
    final void ensure(int groupCount) {
        if (groupCount > capacity) {
            int wanted = Math.max(groupCount, Math.max(64, 2 * capacity));
            context.reserve((long) groupBytes * (wanted - capacity));
            grow(capacity, wanted);
            capacity = wanted;
        }
    }

    /// Counts `bytes` more (or less, when negative) that states take besides what each group does.
    final void hold(long bytes) {
        heldBytes += bytes;
        context.reserve(bytes);
    }

    /// Gives back the room of all groups; nobody asks for results after that.
    final void release() {
        context.reserve(-(long) groupBytes * capacity - heldBytes);
        capacity = 0;
        heldBytes = 0;
    }

    /// Lengthens the state; new groups have seen no row.
    abstract void grow(int from, int to);

    /// Adds rows. Each of `arguments` has a value for each row; count(*) has none.
    abstract void add(AggregateInput input, Vector[] arguments);

    /// Adds rows by what is known of them: for counts, and sums and extremes of whole numbers.
    void add(int group, ZoneMap zone) {
        throw new UnsupportedOperationException("an aggregate that needs rows got " + zone);
    }

    /// Adds what `other`, of the same class, has seen: its group `g` is group `groups[g]` here.
    abstract void merge(Accumulator other, int[] groups);

    /// The result of a group, null for NULL.
    abstract @Nullable Object result(int group);

    /// The results of `order[from..from + count)`.
    Vector results(int[] order, int from, int count) {
        VectorBuilder builder = new VectorBuilder(type, count);
        for (int i = 0; i < count; i++) {
            builder.set(i, result(order[from + i]));
        }
        return builder.build();
    }
}
