// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;

/// Ids of DOUBLE values, by their bits: all NaN are one value, and so are the two zeros.
final class DoubleIds extends ValueIds {
    private final LongIds bits;

    DoubleIds(QueryContext context) {
        bits = new LongIds(BasicType.BIGINT, context);
    }

    private static long bitsOf(double value) {
        return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }

    @Override
    void idsOf(Vector vector, int rowCount, int[] ids) {
        Vector.Doubles doubles = (Vector.Doubles) vector;
        long[] asLongs = new long[rowCount];
        for (int row = 0; row < rowCount; row++) {
            asLongs[row] = bitsOf(doubles.values()[row]);
        }
        bits.idsOf(new Vector.Longs(asLongs, doubles.nulls()), rowCount, ids);
    }

    @Override
    int size() {
        return bits.size();
    }

    @Override
    @Nullable Object value(int id) {
        Object value = bits.value(id);
        return value == null ? null : (Object) Double.longBitsToDouble((Long) value);
    }

    @Override
    int idOf(@Nullable Object value) {
        return value == null ? 0 : bits.idOf((Object) bitsOf((Double) value));
    }

    @Override
    Vector values(int[] ids, int from, int count) {
        VectorBuilder builder = new VectorBuilder(BasicType.DOUBLE, count);
        for (int i = 0; i < count; i++) {
            builder.set(i, value(ids[from + i]));
        }
        return builder.build();
    }

    @Override
    IdLookup lookup() {
        return (vector, rowCount, ids) -> {
            Vector.Doubles doubles = (Vector.Doubles) vector;
            for (int row = 0; row < rowCount; row++) {
                ids[row] = doubles.isNull(row) ? 0 : bits.find(bitsOf(doubles.values()[row]));
            }
        };
    }
}
