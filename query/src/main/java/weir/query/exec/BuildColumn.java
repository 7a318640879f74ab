// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// One column of the build side of a join as a whole, from which rows are picked at random. Texts
/// and addresses stand as ids of one numbering, so that they come out as codes of one dictionary.
/// Immutable once made; safe for many threads.
sealed interface BuildColumn {

    /// The values of `rows[from..from + count)`; NULL where a row is negative.
    Vector gather(int[] rows, int from, int count);

    /// Column `column` of `batches`, which have `rowCount` rows in all.
    static BuildColumn of(
            SqlType type,
            List<VectorBatch> batches,
            int column,
            int rowCount,
            QueryContext context) {
        if (type == BasicType.VARCHAR || type == BasicType.IPADDRESS) {
            return Ids.of(type, batches, column, rowCount, context);
        }
        if (VectorBuilder.standsAsLongs(type)) {
            return Longs.of(batches, column, rowCount, context);
        }
        return type.form() == SqlType.Form.DOUBLES
                ? Doubles.of(batches, column, rowCount, context)
                : Objects.of(batches, column, rowCount, context);
    }

    /// Texts or addresses.
    record Ids(int[] ids, ValueIds numbering) implements BuildColumn {
        private static Ids of(
                SqlType type,
                List<VectorBatch> batches,
                int column,
                int rowCount,
                QueryContext context) {
            context.reserve(4L * rowCount);
            ValueIds numbering = ValueIds.of(type, context);
            int[] ids = new int[rowCount];
            int[] some = new int[0];
            int at = 0;
            for (VectorBatch batch : batches) {
                context.check();
                some = some.length < batch.rowCount() ? new int[batch.rowCount()] : some;
                numbering.idsOf(batch.column(column), batch.rowCount(), some);
                System.arraycopy(some, 0, ids, at, batch.rowCount());
                at += batch.rowCount();
            }
            return new Ids(ids, numbering);
        }

        @Override
        public Vector gather(int[] rows, int from, int count) {
            int[] picked = new int[count];
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                picked[i] = row < 0 ? 0 : ids[row];
            }
            return numbering.values(picked, 0, count);
        }
    }

    /// Whole numbers; `isNull` is null when none is NULL.
    record Longs(long[] values, boolean @Nullable [] isNull) implements BuildColumn {
        private static Longs of(
                List<VectorBatch> batches, int column, int rowCount, QueryContext context) {
            context.reserve(9L * rowCount);
            long[] values = new long[rowCount];
            boolean[] isNull = new boolean[rowCount];
            boolean hasNull = false;
            int at = 0;
            for (VectorBatch batch : batches) {
                context.check();
                Vector.Longs longs = (Vector.Longs) batch.column(column);
                System.arraycopy(longs.values(), 0, values, at, batch.rowCount());
                hasNull |= copyNulls(longs.nulls(), batch.rowCount(), isNull, at);
                at += batch.rowCount();
            }
            return new Longs(values, hasNull ? isNull : null);
        }

        @Override
        public Vector gather(int[] rows, int from, int count) {
            long[] picked = new long[count];
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                picked[i] = row < 0 ? 0 : values[row];
            }
            return new Vector.Longs(picked, nulls(isNull, rows, from, count));
        }
    }

    /// Floating-point numbers; `isNull` is null when none is NULL.
    record Doubles(double[] values, boolean @Nullable [] isNull) implements BuildColumn {
        private static Doubles of(
                List<VectorBatch> batches, int column, int rowCount, QueryContext context) {
            context.reserve(9L * rowCount);
            double[] values = new double[rowCount];
            boolean[] isNull = new boolean[rowCount];
            boolean hasNull = false;
            int at = 0;
            for (VectorBatch batch : batches) {
                context.check();
                Vector.Doubles doubles = (Vector.Doubles) batch.column(column);
                System.arraycopy(doubles.values(), 0, values, at, batch.rowCount());
                hasNull |= copyNulls(doubles.nulls(), batch.rowCount(), isNull, at);
                at += batch.rowCount();
            }
            return new Doubles(values, hasNull ? isNull : null);
        }

        @Override
        public Vector gather(int[] rows, int from, int count) {
            double[] picked = new double[count];
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                picked[i] = row < 0 ? 0 : values[row];
            }
            return new Vector.Doubles(picked, nulls(isNull, rows, from, count));
        }
    }

    /// Values of any other type; null is NULL.
    record Objects(@Nullable Object[] values) implements BuildColumn {
        private static Objects of(
                List<VectorBatch> batches, int column, int rowCount, QueryContext context) {
            context.reserve(40L * rowCount);
            @Nullable Object[] values = new @Nullable Object[rowCount];
            int at = 0;
            for (VectorBatch batch : batches) {
                context.check();
                Vector.Objects objects = (Vector.Objects) batch.column(column);
                System.arraycopy(objects.values(), 0, values, at, batch.rowCount());
                at += batch.rowCount();
            }
            return new Objects(values);
        }

        @Override
        public Vector gather(int[] rows, int from, int count) {
            @Nullable Object[] picked = new @Nullable Object[count];
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                picked[i] = row < 0 ? null : values[row];
            }
            return new Vector.Objects(picked);
        }
    }

    /// Copies the flags of some rows to `to[at..]`; whether one is set.
    private static boolean copyNulls(boolean @Nullable [] from, int count, boolean[] to, int at) {
        if (from != null) {
            System.arraycopy(from, 0, to, at, count);
        }
        return from != null;
    }

    private static boolean @Nullable [] nulls(
            boolean @Nullable [] isNull, int[] rows, int from, int count) {
        boolean[] picked = null;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (row < 0 || (isNull != null && isNull[row])) {
                picked = picked == null ? new boolean[count] : picked;
                picked[i] = true;
            }
        }
        return picked;
    }
}
