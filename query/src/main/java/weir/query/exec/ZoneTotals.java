// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.engine.index.ZoneMap;
import weir.engine.scan.WholeBlocks;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.query.catalog.Table;
import weir.query.expr.AggregateCall;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;

/// Counts, sums and extremes over all rows from what is known of blocks without reading them: the
/// zones of blocks of which every row passes, in place of their rows. Safe for many threads.
final class ZoneTotals implements WholeBlocks {
    /// By call: the column it is of, or null of count(*).
    private final List<@Nullable Column> columns;

    private final List<ZoneMap[]> taken = new ArrayList<>();

    private ZoneTotals(List<@Nullable Column> columns) {
        this.columns = columns;
    }

    /// The totals of a grouping without keys right above a scan; null when some call is of more
    /// than a column of numbers, or zones may not be asked.
    static @Nullable ZoneTotals of(LogicalPlan.Aggregate plan, QueryContext context) {
        if (!plan.keys().isEmpty()
                || !(plan.input() instanceof LogicalPlan.Scan scan)
                || !(scan.table().source() instanceof Table.Segments segments)
                || !context.scanOptions().useZones()) {
            return null;
        }
        List<@Nullable Column> columns = new ArrayList<>();
        for (AggregateCall call : plan.calls()) {
            Column column = column(call, scan, segments.snapshot());
            if (column == null && !isCountOfRows(call)) {
                return null;
            }
            columns.add(column);
        }
        return new ZoneTotals(columns);
    }

    private static boolean isPlain(AggregateCall call) {
        return !call.isDistinct() && call.filter() == null && call.order().isEmpty();
    }

    private static boolean isCountOfRows(AggregateCall call) {
        return isPlain(call) && call.arguments().isEmpty();
    }

    private static @Nullable Column column(
            AggregateCall call, LogicalPlan.Scan scan, TableSnapshot table) {
        boolean isKnown =
                switch (call.function()) {
                    case COUNT, SUM, AVG, MIN, MAX -> isPlain(call);
                    default -> false;
                };
        if (!isKnown || call.arguments().size() != 1) {
            return null;
        }
        Expr argument = call.arguments().getFirst();
        Expr read =
                argument instanceof Expr.Cast cast && cast.operand().type().isInteger()
                        ? cast.operand()
                        : argument;
        if (!(read instanceof Expr.Input input) || !VectorBuilder.standsAsLongs(argument.type())) {
            return null;
        }
        Column column = table.schema().column(scan.ordinals().get(input.index()));
        return column.type().isDictionary() ? null : column;
    }

    @Override
    public boolean take(SegmentReader segment, int block) {
        ZoneMap[] zones = new ZoneMap[columns.size()];
        for (int i = 0; i < zones.length; i++) {
            zones[i] = zone(columns.get(i), segment, block);
            if (!zones[i].isSumExact()) {
                return false;
            }
        }
        synchronized (taken) {
            taken.add(zones);
        }
        return true;
    }

    private static ZoneMap zone(@Nullable Column column, SegmentReader segment, int block) {
        int rows = segment.blockRows(block);
        if (column == null) {
            return new ZoneMap(rows, 0, 0, 0, 0, true);
        }
        ColumnReader reader = segment.column(column.name());
        return reader == null ? new ZoneMap(rows, rows, 0, 0, 0, true) : reader.zone(block);
    }

    /// Gives `consumer` each zone that was taken, and which call it is for.
    void forEach(ObjIntConsumer<ZoneMap> consumer) {
        synchronized (taken) {
            for (ZoneMap[] zones : taken) {
                for (int i = 0; i < zones.length; i++) {
                    consumer.accept(zones[i], i);
                }
            }
        }
    }
}
