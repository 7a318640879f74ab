// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The distinct values of columns of one type, numbered from 1 in order of arrival; 0 is NULL. So
/// keys of every type become ints, and rows are grouped without touching a value twice. Belongs to
/// one thread.
abstract class ValueIds {

    /// A numbering for values of `type`.
    static ValueIds of(SqlType type, QueryContext context) {
        if (type == BasicType.VARCHAR || type == BasicType.IPADDRESS) {
            return new TextIds(type, context);
        }
        if (VectorBuilder.standsAsLongs(type)) {
            return new LongIds(type, context);
        }
        return type.form() == SqlType.Form.DOUBLES
                ? new DoubleIds(context)
                : new ObjectIds(type, context);
    }

    /// Puts the id of each row into `ids`.
    abstract void idsOf(Vector vector, int rowCount, int[] ids);

    /// How many ids there are, 0 among them.
    abstract int size();

    /// The value of an id, null for 0.
    abstract @Nullable Object value(int id);

    /// The id of a value, a new one when it is new.
    abstract int idOf(@Nullable Object value);

    /// The hash of the value of an id: the same for equal values whatever the numbering.
    int hashOf(int id) {
        return Objects.hashCode(value(id)) * 0x9E3779B1;
    }

    /// The values of `ids[from..from + count)`.
    abstract Vector values(int[] ids, int from, int count);

    /// For each id of `other` its id here.
    int[] merge(ValueIds other, QueryContext context) {
        int[] mapping = new int[other.size()];
        for (int id = 1; id < mapping.length; id++) {
            context.checkAt(id);
            mapping[id] = idOf(other.value(id));
        }
        return mapping;
    }

    /// A way to find ids, for one thread. Nobody adds values any more.
    abstract IdLookup lookup();
}
