// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.plan.LogicalPlan;
import weir.query.type.SqlType;
import weir.query.value.Values;

/// Gives each row once for each place of its arrays and maps.
final class UnnestPipe implements Pipe {
    /// Rows whose collections are there at once.
    private static final int ROWS_AT_ONCE = 64;

    private final LogicalPlan.Unnest plan;
    private final QueryContext context;
    private final List<ExprNode> collections;
    private final List<SqlType> columnTypes = new ArrayList<>();

    UnnestPipe(LogicalPlan.Unnest plan, QueryContext context) {
        this.plan = plan;
        this.context = context;
        this.collections = plan.collections().stream().map(ExprCompiler::compile).toList();
        int width = plan.input().output().size();
        plan.output()
                .subList(width, plan.output().size())
                .forEach(field -> columnTypes.add(field.type()));
    }

    @Override
    public BatchSource over(BatchSource input) {
        return new Unnested(input);
    }

    private final class Unnested extends MultipliedRows {
        /// The collections of some rows: not of all at once, for they may be long.
        private Vector[] values = {};

        private int firstOfValues;

        /// The next place of the row.
        private int place;

        /// What each collection of the row holds; a map as rows of key and value.
        private List<List<@Nullable Object>> current = List.of();

        private int length;

        Unnested(BatchSource input) {
            super(input, context);
        }

        @Override
        void begin(VectorBatch rows) {
            beginRow(rows);
        }

        private void evaluate(VectorBatch rows) {
            hold();
            firstOfValues = row;
            int count = Math.min(ROWS_AT_ONCE, rows.rowCount() - row);
            VectorBatch some = PlanExecution.slice(rows, row, count);
            values = new Vector[collections.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = collections.get(i).evaluate(some);
            }
            hold();
        }

        private void beginRow(VectorBatch rows) {
            place = 0;
            length = 0;
            if (row == rows.rowCount()) {
                return;
            }
            if (row == 0 || row == firstOfValues + ROWS_AT_ONCE) {
                evaluate(rows);
            }
            List<List<@Nullable Object>> lists = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                SqlType type = collections.get(i).type();
                List<@Nullable Object> list =
                        list(VectorValues.get(values[i], type, row - firstOfValues), type);
                lists.add(list);
                length = Math.max(length, list.size());
            }
            current = lists;
        }

        private static List<@Nullable Object> list(@Nullable Object collection, SqlType type) {
            if (collection == null) {
                return Values.EMPTY;
            }
            if (!(type instanceof SqlType.MapOf)) {
                return Values.asList(collection);
            }
            List<@Nullable Object> entries = new ArrayList<>();
            Values.asMap(collection)
                    .forEach((key, value) ->
                            entries.add(Values.list(new @Nullable Object[] {key, value})));
            return entries;
        }

        @Override
        @Nullable VectorBatch fill(VectorBatch rows) {
            int[] picked = new int[Limits.BATCH_ROWS];
            VectorBuilder[] builders =
                    columnTypes.stream()
                            .map(type -> new VectorBuilder(type, Limits.BATCH_ROWS))
                            .toArray(VectorBuilder[]::new);
            int count = 0;
            while (row < rows.rowCount() && count < picked.length) {
                if (place < length || (length == 0 && plan.isOuter())) {
                    set(builders, count);
                    picked[count++] = row;
                    place++;
                }
                if (place >= length) {
                    row++;
                    beginRow(rows);
                }
            }
            return count == 0 ? null : batch(rows, picked, count, builders);
        }

        private void set(VectorBuilder[] builders, int at) {
            int column = 0;
            for (int i = 0; i < current.size(); i++) {
                List<@Nullable Object> list = current.get(i);
                Object element = place < list.size() ? list.get(place) : null;
                int width = width(collections.get(i).type());
                if (width < 0) {
                    builders[column++].set(at, element);
                } else {
                    for (int field = 0; field < width; field++) {
                        builders[column++].set(
                                at, element == null ? null : Values.asList(element).get(field));
                    }
                }
            }
            if (plan.hasOrdinality() && place < length) {
                builders[column].set(at, place + 1L);
            }
        }

        private VectorBatch batch(
                VectorBatch rows, int[] picked, int count, VectorBuilder[] builders) {
            Vector[] columns =
                    Arrays.copyOf(rows.columns(), rows.columns().length + builders.length);
            for (int i = 0; i < rows.columns().length; i++) {
                columns[i] = VectorValues.gather(rows.column(i), picked, count);
            }
            for (int i = 0; i < builders.length; i++) {
                columns[rows.columns().length + i] =
                        VectorValues.slice(builders[i].build(), 0, count);
            }
            return new VectorBatch(count, columns);
        }
    }

    /// How many columns the elements of a collection are: -1 where they are one as they stand.
    private static int width(SqlType type) {
        return switch (type) {
            case SqlType.MapOf _ -> 2;
            case SqlType.Array array when array.element() instanceof SqlType.Row fields ->
                    fields.fields().size();
            default -> -1;
        };
    }
}
