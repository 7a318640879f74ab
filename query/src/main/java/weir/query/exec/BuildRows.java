// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.fault.QueryException;
import weir.query.type.SqlType;

/// All rows of the build side of a join or of a window, numbered from 0 in their order: first as
/// the batches they came in, then, once [#keep] was asked, as whole columns. Safe for many threads
/// from then on.
final class BuildRows {
    private static final int ROWS_MAX = Integer.MAX_VALUE / 2;

    private final List<SqlType> types;
    private final QueryContext context;
    private final List<CollectSink> sinks;
    private final List<VectorBatch> batches = new ArrayList<>();
    private final @Nullable BuildColumn[] columns;
    private final int rowCount;

    /// The build side of a join that the sinks of a run hold.
    static BuildRows ofJoin(List<CollectSink> sinks, List<SqlType> types, QueryContext context) {
        return new BuildRows(
                sinks,
                types,
                "The smaller side of a JOIN has more than %d rows; filter or group it first",
                context);
    }

    /// The rows of a window that the sinks of a run hold.
    static BuildRows ofWindow(List<CollectSink> sinks, List<SqlType> types, QueryContext context) {
        return new BuildRows(
                sinks,
                types,
                "A window function is over more than %d rows; filter or group them first",
                context);
    }

    /// @param tooMany what is said of more rows than can be numbered
    private BuildRows(
            List<CollectSink> sinks, List<SqlType> types, String tooMany, QueryContext context) {
        this.types = types;
        this.context = context;
        this.sinks = sinks;
        this.columns = new @Nullable BuildColumn[types.size()];
        List<CollectSink.Placed> placed = new ArrayList<>();
        sinks.forEach(sink -> placed.addAll(sink.batches()));
        placed.sort(Comparator.comparingLong(CollectSink.Placed::position));
        long total = 0;
        for (CollectSink.Placed one : placed) {
            batches.add(one.batch());
            total += one.batch().rowCount();
        }
        if (total > ROWS_MAX) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    String.format(Locale.ROOT, tooMany, ROWS_MAX));
        }
        this.rowCount = (int) total;
    }

    int rowCount() {
        return rowCount;
    }

    List<SqlType> types() {
        return types;
    }

    /// The rows in batches; none once [#keep] was asked.
    List<VectorBatch> batches() {
        return batches;
    }

    /// Makes whole columns of these and lets the batches go.
    void keep(SortedSet<Integer> wanted) {
        for (int column : wanted) {
            columns[column] = BuildColumn.of(types.get(column), batches, column, rowCount, context);
        }
        batches.clear();
        sinks.forEach(CollectSink::release);
    }

    /// A kept column.
    BuildColumn column(int column) {
        BuildColumn kept = columns[column];
        if (kept == null) {
            throw new IllegalArgumentException("column " + column + " was not kept");
        }
        return kept;
    }

    /// The values of a kept column for `rows[from..from + count)`; NULL where a row is negative.
    Vector gather(int column, int[] rows, int from, int count) {
        return column(column).gather(rows, from, count);
    }
}
