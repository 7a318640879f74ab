// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;
import weir.query.value.ValueOrder;

/// The values of an argument at every place of a window: a column, or one constant.
///
/// @param type of the values
/// @param vector the values by place; null of a constant
/// @param constant the value at every place, when `vector` is null
record WindowValues(SqlType type, @Nullable Vector vector, @Nullable Object constant) {

    @Nullable Object get(int place) {
        return vector == null ? constant : VectorValues.get(vector, type, place);
    }

    boolean isNull(int place) {
        return vector == null ? constant == null : VectorValues.isNull(vector, type, place);
    }

    /// Whether the value at `place` is less than that at `best`, or greater where `isGreatest`, as
    /// min and max have it; neither is NULL.
    boolean isBetter(int place, int best, boolean isGreatest) {
        if (vector instanceof Vector.Longs longs) {
            long value = longs.values()[place];
            long known = longs.values()[best];
            return isGreatest ? value > known : value < known;
        }
        return ValueOrder.isBetter(
                Objects.requireNonNull(get(place)), Objects.requireNonNull(get(best)), isGreatest);
    }

    /// Whether the value at `place` can be counted along: it is neither NULL nor NaN.
    boolean isNumber(int place) {
        return !isNull(place) && !(get(place) instanceof Double number && number.isNaN());
    }

    /// Compares the value at `place` with that of `other`, of the same type, at `otherPlace`;
    /// neither is NULL.
    int compare(int place, WindowValues other, int otherPlace) {
        if (vector instanceof Vector.Longs mine && other.vector instanceof Vector.Longs theirs) {
            return Long.compare(mine.values()[place], theirs.values()[otherPlace]);
        }
        Object left = get(place);
        Object right = other.get(otherPlace);
        if (left == null || right == null) {
            throw new IllegalArgumentException("no order of NULL");
        }
        return ValueOrder.compare(left, right);
    }
}
