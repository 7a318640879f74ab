// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;

/// The rows of a dictionary column under construction: ids of its pool, 0 where there is no value.
public final class CodeRows extends ColumnRows {
    private final RowMemory memory;
    private int[] ids = new int[0];

    CodeRows(Column column, RowMemory memory) {
        super(column);
        this.memory = memory;
    }

    /// The array of all rows, with room for at least `rows` of them.
    public int[] withRoomFor(int rows) {
        ids = memory.grown(ids, rows);
        return ids;
    }

    /// Sets the value of a row, by its number in the pool of its dictionary; 0 is absent. The rows
    /// before it have theirs.
    public void set(int row, int id) {
        withRoomFor(row + 1)[row] = id;
        filledTo(row + 1);
    }

    @Override
    void fillAbsent(int from, int to) {
        Arrays.fill(withRoomFor(to), from, to, 0);
    }

    /// The codes of the first `rowCount` rows, which are no longer here afterwards.
    ///
    /// @param codeOfId the code of each id; null when the pool was never asked for, so that no row
    ///   has a value
    int[] take(int rowCount, int @Nullable [] codeOfId) {
        int[] codes = memory.grown(ids, rowCount);
        if (codeOfId == null) {
            Arrays.fill(codes, 0, rowCount, 0);
        } else {
            for (int row = 0; row < rowCount; row++) {
                codes[row] = codeOfId[codes[row]];
            }
        }
        ids = new int[0];
        return codes;
    }
}
