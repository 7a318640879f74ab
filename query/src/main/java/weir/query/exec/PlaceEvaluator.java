// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.expr.WindowFunction;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;

/// The functions that give a value of another row: lag, lead, first_value, last_value, nth_value
/// and any_value. What they keep is where that row is.
final class PlaceEvaluator implements WindowEvaluator {
    private static final int NONE = -1;
    private static final int DEFAULT = -2;

    private final WindowFunction function;
    private final boolean ignoresNulls;
    private final WindowValues values;
    private final @Nullable WindowValues offsets;
    private final @Nullable WindowValues defaults;
    private final FrameRows frames;
    private final QueryContext context;
    private final int[] places;

    /// With IGNORE NULLS: how many rows before each of the partition have a value, and where the
    /// rows with values are.
    private int[] valuesBefore = new int[16];

    private int[] valuePlaces = new int[16];

    /// The arguments of a call.
    ///
    /// @param offsets null for 1
    /// @param defaults null for NULL
    record Arguments(
            WindowValues values, @Nullable WindowValues offsets, @Nullable WindowValues defaults) {}

    PlaceEvaluator(
            WindowFunction function,
            boolean ignoresNulls,
            Arguments arguments,
            FrameRows frames,
            int rowCount,
            QueryContext context) {
        this.function = function;
        this.ignoresNulls = ignoresNulls;
        this.values = arguments.values();
        this.offsets = arguments.offsets();
        this.defaults = arguments.defaults();
        this.frames = frames;
        this.context = context;
        context.reserve(4L * rowCount);
        places = new int[rowCount];
    }

    @Override
    public void evaluate(WindowPartition partition) {
        if (function.hasFrame()) {
            frames.goTo(partition, context);
        }
        if (ignoresNulls) {
            findValues(partition);
        }
        for (int place = partition.from(); place < partition.to(); place++) {
            context.checkAt(place);
            places[place] =
                    switch (function) {
                        case LAG, LEAD -> shifted(place, partition);
                        case FIRST_VALUE -> inFrame(place, 1, partition);
                        case LAST_VALUE -> last(place, partition);
                        case NTH_VALUE -> nth(place, partition);
                        default -> throw new IllegalStateException(function + " has no place");
                    };
        }
    }

    private void findValues(WindowPartition partition) {
        valuesBefore = WindowPartition.grown(valuesBefore, partition.size() + 1);
        valuePlaces = WindowPartition.grown(valuePlaces, partition.size());
        int count = 0;
        for (int i = 0; i < partition.size(); i++) {
            valuesBefore[i] = count;
            if (!values.isNull(partition.from() + i)) {
                valuePlaces[count++] = partition.from() + i;
            }
        }
        valuesBefore[partition.size()] = count;
    }

    private int shifted(int place, WindowPartition partition) {
        Object value = offsets == null ? (Object) 1L : offsets.get(place);
        if (!(value instanceof Long offset) || offset < 0) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    value == null ? "Offset must not be null" : "Offset must be at least 0");
        }
        int distance = (int) Math.min(offset, Integer.MAX_VALUE / 2);
        boolean isLag = function == WindowFunction.LAG;
        if (!ignoresNulls || distance == 0) {
            int other = isLag ? place - distance : place + distance;
            return other >= partition.from() && other < partition.to() ? other : DEFAULT;
        }
        int i = place - partition.from();
        int count = valuesBefore[partition.size()];
        int index = isLag ? valuesBefore[i] - distance : valuesBefore[i + 1] + distance - 1;
        return index >= 0 && index < count ? valuePlaces[index] : DEFAULT;
    }

    private int nth(int place, WindowPartition partition) {
        if (offsets == null || !(offsets.get(place) instanceof Long number)) {
            return NONE;
        }
        if (number < 1) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE, "Offset must be at least 1");
        }
        return inFrame(place, (int) Math.min(number, Integer.MAX_VALUE / 2), partition);
    }

    /// The row that is the `number`th of the frame, from 1.
    private int inFrame(int place, int number, WindowPartition partition) {
        int i = place - partition.from();
        int start = frames.start(i);
        int end = frames.end(i);
        if (!ignoresNulls) {
            return number <= end - start ? start + number - 1 : NONE;
        }
        int index = valuesBefore[start - partition.from()] + number - 1;
        return index < valuesBefore[end - partition.from()] ? valuePlaces[index] : NONE;
    }

    private int last(int place, WindowPartition partition) {
        int i = place - partition.from();
        int start = frames.start(i);
        int end = frames.end(i);
        if (!ignoresNulls) {
            return start < end ? end - 1 : NONE;
        }
        int index = valuesBefore[end - partition.from()] - 1;
        return index >= valuesBefore[start - partition.from()] ? valuePlaces[index] : NONE;
    }

    @Override
    public Vector results(int from, int count) {
        SqlType type = values.type();
        VectorBuilder builder = new VectorBuilder(type, count);
        for (int i = 0; i < count; i++) {
            int place = places[from + i];
            if (place >= 0) {
                builder.set(i, values.get(place));
            } else if (place == DEFAULT && defaults != null) {
                builder.set(i, defaults.get(from + i));
            }
        }
        return builder.build();
    }
}
