// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A vector under construction, row by row, in the form its type asks for. Rows that are never set
/// are NULL.
final class VectorBuilder {
    private final SqlType type;
    private final int rowCount;
    private final long[] longs;
    private final double[] doubles;
    private final @Nullable Object[] objects;
    private final boolean[] nulls;
    private int setCount;

    VectorBuilder(SqlType type, int rowCount) {
        this.type = type;
        this.rowCount = rowCount;
        longs = new long[standsAsLongs(type) ? rowCount : 0];
        doubles = new double[type.form() == SqlType.Form.DOUBLES ? rowCount : 0];
        objects = new @Nullable Object[isObjects(type) ? rowCount : 0];
        nulls = new boolean[isObjects(type) ? 0 : rowCount];
        Arrays.fill(nulls, true);
    }

    /// Whether values of `type` stand as whole numbers.
    static boolean standsAsLongs(SqlType type) {
        return type.form() == SqlType.Form.LONGS;
    }

    private static boolean isObjects(SqlType type) {
        return type.form() == SqlType.Form.OBJECTS;
    }

    /// Gives row `row` its value, once; null leaves it NULL, and a REAL is rounded to one.
    void set(int row, @Nullable Object value) {
        if (value == null) {
            return;
        }
        setCount++;
        if (objects.length > 0) {
            objects[row] = value;
            return;
        }
        nulls[row] = false;
        if (type.form() == SqlType.Form.DOUBLES) {
            double number = (Double) value;
            doubles[row] = type == BasicType.REAL ? (float) number : number;
        } else {
            longs[row] = (Long) value;
        }
    }

    /// Gives the rows `rows[0..count)` the values of `source` in order.
    void scatter(Vector source, int[] rows, int count) {
        if (source instanceof Vector.Longs from && longs.length > 0) {
            for (int i = 0; i < count; i++) {
                longs[rows[i]] = from.values()[i];
                nulls[rows[i]] = from.isNull(i);
            }
            boolean[] fromNulls = from.nulls();
            setCount += fromNulls == null ? count : 0;
        } else {
            for (int i = 0; i < count; i++) {
                set(rows[i], VectorValues.get(source, type, i));
            }
        }
    }

    Vector build() {
        if (isObjects(type)) {
            return new Vector.Objects(objects);
        }
        boolean @Nullable [] flags = setCount == rowCount ? null : nulls;
        return type.form() == SqlType.Form.DOUBLES
                ? new Vector.Doubles(doubles, flags)
                : new Vector.Longs(longs, flags);
    }
}
