// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;

/// The distinct arguments of an aggregate, numbered from 1 in order of arrival; 0 is a lone NULL,
/// which no aggregate counts. Several arguments are numbered as one tuple, NULLs in it or not.
/// Belongs to one thread.
final class ArgumentIds {
    private final List<ValueIds> columns = new ArrayList<>();
    private final GroupTable tuples;

    ArgumentIds(List<SqlType> types, QueryContext context) {
        types.forEach(type -> columns.add(ValueIds.of(type, context)));
        tuples = new GroupTable(columns, context);
    }

    private boolean isSingle() {
        return columns.size() == 1;
    }

    /// Puts the id of each row's arguments into `ids`.
    void idsOf(Vector[] arguments, int rowCount, int[] ids) {
        if (isSingle()) {
            columns.getFirst().idsOf(arguments[0], rowCount, ids);
            return;
        }
        tuples.groupsOf(arguments, rowCount, 0, null, ids);
        for (int row = 0; row < rowCount; row++) {
            ids[row]++;
        }
    }

    /// How many ids there are, 0 among them.
    int size() {
        return isSingle() ? columns.getFirst().size() : tuples.groupCount() + 1;
    }

    /// For each id of `other` its id here.
    int[] merge(ArgumentIds other, QueryContext context) {
        List<int[]> mappings = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            mappings.add(columns.get(i).merge(other.columns.get(i), context));
        }
        if (isSingle()) {
            return mappings.getFirst();
        }
        int[] merged = tuples.merge(other.tuples, mappings);
        int[] ids = new int[merged.length + 1];
        for (int i = 0; i < merged.length; i++) {
            ids[i + 1] = merged[i] + 1;
        }
        return ids;
    }

    /// The arguments behind `ids[0..count)`.
    Vector[] values(int[] ids, int count) {
        Vector[] values = new Vector[columns.size()];
        if (isSingle()) {
            values[0] = columns.getFirst().values(ids, 0, count);
            return values;
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = ids[i] - 1;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = tuples.keyValues(i, rows, 0, count);
        }
        return values;
    }
}
