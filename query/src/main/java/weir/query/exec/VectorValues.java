// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Single values of vectors, and rows picked out of them.
public final class VectorValues {
    /// Stands for a column that nobody asks for.
    static final Vector NOT_READ = new Vector.Objects(new @Nullable Object[0]);

    private VectorValues() {}

    /// The value of row `row` as expressions have it, null for NULL.
    public static @Nullable Object get(Vector vector, SqlType type, int row) {
        return switch (vector) {
            case Vector.Longs longs -> longs.isNull(row) ? null : (Object) longs.values()[row];
            case Vector.Doubles doubles ->
                    doubles.isNull(row) ? null : (Object) doubles.values()[row];
            case Vector.Codes codes ->
                    type == BasicType.IPADDRESS
                            ? codes.dictionary().address(codes.codes()[row])
                            : codes.text(row);
            case Vector.Objects objects -> objects.values()[row];
        };
    }

    /// Whether row `row` is NULL in a vector of `type`.
    public static boolean isNull(Vector vector, SqlType type, int row) {
        boolean isAddressCode = vector instanceof Vector.Codes && type == BasicType.IPADDRESS;
        return isAddressCode ? get(vector, type, row) == null : vector.isNull(row);
    }

    /// The text of row `row` of a VARCHAR vector.
    static @Nullable String text(Vector vector, int row) {
        return vector instanceof Vector.Codes codes
                ? codes.text(row)
                : (String) get(vector, BasicType.VARCHAR, row);
    }

    /// The address of row `row` of an IPADDRESS vector.
    static @Nullable IpAddress address(Vector vector, int row) {
        return (IpAddress) get(vector, BasicType.IPADDRESS, row);
    }

    /// The rows `rows[0]` to `rows[count - 1]` of a vector.
    static Vector gather(Vector vector, int[] rows, int count) {
        if (vector.equals(NOT_READ)) {
            return vector;
        }
        return switch (vector) {
            case Vector.Longs longs -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = longs.values()[rows[i]];
                }
                yield new Vector.Longs(values, gather(longs.nulls(), rows, count));
            }
            case Vector.Doubles doubles -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = doubles.values()[rows[i]];
                }
                yield new Vector.Doubles(values, gather(doubles.nulls(), rows, count));
            }
            case Vector.Codes codes -> {
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    values[i] = codes.codes()[rows[i]];
                }
                yield new Vector.Codes(values, codes.dictionary());
            }
            case Vector.Objects objects -> {
                @Nullable Object[] values = new @Nullable Object[count];
                for (int i = 0; i < count; i++) {
                    values[i] = objects.values()[rows[i]];
                }
                yield new Vector.Objects(values);
            }
        };
    }

    private static boolean @Nullable [] gather(boolean @Nullable [] nulls, int[] rows, int count) {
        if (nulls == null) {
            return null;
        }
        boolean[] picked = new boolean[count];
        for (int i = 0; i < count; i++) {
            picked[i] = nulls[rows[i]];
        }
        return picked;
    }

    /// The first `count` rows from `from` on.
    static Vector slice(Vector vector, int from, int count) {
        if (vector.equals(NOT_READ)) {
            return vector;
        }
        return switch (vector) {
            case Vector.Longs longs ->
                    new Vector.Longs(
                            Arrays.copyOfRange(longs.values(), from, from + count),
                            slice(longs.nulls(), from, count));
            case Vector.Doubles doubles ->
                    new Vector.Doubles(
                            Arrays.copyOfRange(doubles.values(), from, from + count),
                            slice(doubles.nulls(), from, count));
            case Vector.Codes codes ->
                    new Vector.Codes(
                            Arrays.copyOfRange(codes.codes(), from, from + count),
                            codes.dictionary());
            case Vector.Objects objects ->
                    new Vector.Objects(Arrays.copyOfRange(objects.values(), from, from + count));
        };
    }

    private static boolean @Nullable [] slice(boolean @Nullable [] nulls, int from, int count) {
        return nulls == null ? null : Arrays.copyOfRange(nulls, from, from + count);
    }

    /// Null where either is: the flags of a result that is NULL when an argument is.
    static boolean @Nullable [] nullsOf(
            boolean @Nullable [] left, boolean @Nullable [] right, int count) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        boolean[] either = new boolean[count];
        for (int i = 0; i < count; i++) {
            either[i] = left[i] || right[i];
        }
        return either;
    }
}
