// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.engine.fault.StoreException;
import weir.engine.index.ZoneMap;
import weir.engine.scan.Predicate;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.scan.WholeBlocks;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.SegmentSummary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.fault.QueryException;
import weir.query.value.Allowance;

/// How the segments of a table are read: which conditions the engine gets, which are left for rows,
/// and which columns are wanted at all. Safe for many threads.
final class SegmentScanPlan {
    private final TableSnapshot table;
    private final QueryContext context;
    private final TableScan scan;
    private final ScanMetrics metrics;
    private final List<Column> columns = new ArrayList<>();
    private final List<Conjunct> conjuncts = new ArrayList<>();
    private final WholeBlocks wholeBlocks;
    private final @Nullable SummaryChoice summaries;
    private final @Nullable TopBound bound;
    private final boolean isEmpty;
    private final int[] wanted;
    private final List<Column> wantedColumns;

    /// One condition that all rows must pass; without predicate it is for rows.
    private record Conjunct(Expr expr, @Nullable Predicate predicate) {}

    /// @param ordinals the columns of the table that stand in the rows
    /// @param filter over those; null when every row passes
    /// @param used which of them somebody reads; the others stand empty
    /// @param wholeBlocks who may want whole blocks in place of their rows
    /// @param bound what rows have to pass besides, once that is known; null when all are wanted
    /// @param need what is needed of rows that stand for many; null when each has to come
    SegmentScanPlan(
            TableSnapshot table,
            List<Integer> ordinals,
            @Nullable Expr filter,
            SortedSet<Integer> used,
            WholeBlocks wholeBlocks,
            @Nullable SummaryNeed need,
            @Nullable TopBound bound,
            QueryContext context) {
        this.bound = bound;
        this.wholeBlocks = wholeBlocks;
        this.table = table;
        this.context = context;
        this.scan = context.scan(table);
        this.metrics = scan.metrics();
        ordinals.forEach(ordinal -> columns.add(table.schema().column(ordinal)));
        this.isEmpty = filter != null && !split(filter, new PredicateLowering(columns, context));
        SortedSet<Integer> read = new TreeSet<>(used);
        for (Conjunct conjunct : conjuncts) {
            if (conjunct.predicate() == null || mayFail(conjunct.predicate())) {
                read.addAll(ExprInputs.of(conjunct.expr()));
            }
        }
        this.summaries =
                need == null || !context.scanOptions().useIndexes()
                        ? null
                        : SummaryChoice.of(need, columns);
        this.wanted = read.stream().mapToInt(Integer::intValue).toArray();
        this.wantedColumns = Arrays.stream(wanted).mapToObj(columns::get).toList();
    }

    /// Splits the filter at its ANDs; false when no row can pass.
    private boolean split(Expr filter, PredicateLowering lowering) {
        if (filter instanceof Expr.And and) {
            boolean mayPass = true;
            for (Expr part : and.parts()) {
                mayPass &= split(part, lowering);
            }
            return mayPass;
        }
        PredicateLowering.Lowered lowered = lowering.lower(filter);
        if (lowered == null) {
            conjuncts.add(new Conjunct(filter, null));
        } else if (lowered.predicate() != null) {
            conjuncts.add(new Conjunct(filter, lowered.predicate()));
        }
        return lowered == null || lowered.predicate() != null || lowered.isAlways();
    }

    /// Whether a dictionary may hold a value for which the predicate has no answer, so that its
    /// columns have to be at hand.
    private static boolean mayFail(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Matches matches ->
                    matches.test() instanceof DictionaryCodes codes
                            && codes.canFail(matches.column().type() == ColumnType.ADDRESS);
            case Predicate.And and -> and.parts().stream().anyMatch(SegmentScanPlan::mayFail);
            case Predicate.Or or -> or.parts().stream().anyMatch(SegmentScanPlan::mayFail);
            default -> false;
        };
    }

    List<SegmentReader> segments() {
        return isEmpty ? List.of() : table.segments();
    }

    /// What is asked of rows whatever the segment.
    List<Expr> rowConditions() {
        return conjuncts.stream().filter(c -> c.predicate() == null).map(Conjunct::expr).toList();
    }

    /// The passing rows of one segment, for one thread. `conditions` are the stages for
    /// [#rowConditions()].
    BatchSource open(SegmentReader segment, List<Stage> conditions) {
        if (context.scanOptions().useZones()) {
            if (isExcluded(segment, true)) {
                countSkipped(segment);
                metrics.segmentsSkippedByTime.increment();
                metrics.blocksSkippedByTime.add(segment.blockCount());
                metrics.rowsSkippedByTime.add(segment.rowCount());
                return () -> null;
            }
            if (isExcluded(segment, false)) {
                countSkipped(segment);
                metrics.segmentsSkippedByZone.increment();
                metrics.blocksSkippedByZone.add(segment.blockCount());
                metrics.rowsSkippedByZone.add(segment.rowCount());
                return () -> null;
            }
        }
        Source source = source(segment);
        if (context.scanOptions().skipDamaged()) {
            try {
                rehearse(source, conditions);
            } catch (StoreException e) {
                scan.skip(segment, e);
                return () -> null;
            }
        }
        context.reads(segment);
        return source.isSummary()
                ? summarized(segment, source, conditions)
                : rows(source, conditions);
    }

    /// What is read of a segment.
    ///
    /// @param rows the segment, or a summary of it
    /// @param asked the conditions that some row may not pass
    private record Source(SegmentReader rows, List<Conjunct> asked, boolean isSummary) {}

    /// A summary in place of the rows, if there is one that has all that is asked.
    private Source source(SegmentReader segment) {
        Source rows = new Source(segment, conjuncts, false);
        if (summaries == null) {
            return rows;
        }
        List<Conjunct> open =
                conjuncts.stream().filter(conjunct -> !isAlways(conjunct, segment)).toList();
        if (open.isEmpty() && !wholeBlocks.equals(WholeBlocks.NONE)) {
            return rows; // whoever wants whole blocks needs to read nothing
        }
        SortedSet<Integer> tested = new TreeSet<>();
        for (Conjunct conjunct : open) {
            if (!ExprTree.isDeterministic(conjunct.expr())) {
                return rows;
            }
            tested.addAll(ExprInputs.of(conjunct.expr()));
        }
        SegmentSummary summary = summaries.of(segment, SummaryChoice.names(tested, columns));
        return summary == null ? rows : new Source(summary.rows(), open, true);
    }

    private boolean isAlways(Conjunct conjunct, SegmentReader segment) {
        if (context.scanOptions().useZones()
                && conjunct.predicate() instanceof Predicate.NumberRange range) {
            ColumnReader reader = segment.column(range.column().name());
            ZoneMap zone = reader == null ? null : reader.zone();
            return zone != null
                    && !zone.hasAbsent()
                    && zone.min() >= range.min()
                    && zone.max() <= range.max();
        }
        return false;
    }

    private BatchSource rows(Source source, List<Stage> conditions) {
        List<Stage> stages = new ArrayList<>();
        ScanRequest request = request(source, conditions, stages);
        SegmentScan rows =
                SegmentScan.of(
                        source.rows(),
                        request,
                        metrics,
                        stages.isEmpty() ? wholeBlocks : WholeBlocks.NONE);
        return () -> next(rows, stages);
    }

    /// The rows of a summary of `segment`, each with the number of rows that it stands for.
    private BatchSource summarized(SegmentReader segment, Source source, List<Stage> conditions) {
        countSkipped(segment);
        metrics.segmentsSummarized.increment();
        metrics.summaryRows.add(source.rows().rowCount());
        List<Stage> stages = new ArrayList<>();
        ScanMetrics own = new ScanMetrics();
        SegmentScan rows = SegmentScan.of(source.rows(), request(source, conditions, stages), own);
        return () -> {
            VectorBatch batch = next(rows, stages);
            if (batch == null) {
                metrics.bytesRead.add(own.bytesRead.sumThenReset());
            } else if (batch.weights() != null) {
                metrics.rowsPassed.add(Arrays.stream(batch.weights(), 0, batch.rowCount()).sum());
            }
            return batch;
        };
    }

    /// Reads all that the rows will be read from, so that a damaged segment fails before its first
    /// row is given.
    private void rehearse(Source source, List<Stage> conditions) {
        ScanRequest request = request(source, conditions, new ArrayList<>());
        SegmentScan rows = SegmentScan.of(source.rows(), request, new ScanMetrics());
        while (rows.next() != null) {
            context.check();
        }
    }

    /// What the engine is asked of `source`; the conditions that are left go to `stages`. Behind
    /// the columns of a summary stands how many rows each row is.
    private ScanRequest request(Source source, List<Stage> conditions, List<Stage> stages) {
        List<Predicate> predicates = new ArrayList<>();
        int condition = 0;
        for (Conjunct conjunct : source.asked()) {
            Predicate predicate = conjunct.predicate();
            if (predicate == null) {
                stages.add(conditions.get(condition++));
            } else if (isAnswered(predicate, source.rows())) {
                predicates.add(predicate);
            } else {
                stages.add(Stage.filter(conjunct.expr()));
            }
        }
        Predicate late = bound == null || !stages.isEmpty() ? null : bound.predicate();
        if (late != null) {
            predicates.add(late);
        }
        Predicate predicate =
                predicates.isEmpty()
                        ? null
                        : predicates.size() == 1
                                ? predicates.getFirst()
                                : new Predicate.And(predicates);
        List<Column> read = new ArrayList<>(wantedColumns);
        if (source.isSummary()) {
            read.add(Column.number(SegmentSummary.ROWS, ColumnType.INT64));
        }
        return new ScanRequest(
                read,
                predicate,
                context.scanOptions().useIndexes(),
                context.scanOptions().useZones());
    }

    private void countSkipped(SegmentReader segment) {
        metrics.segments.increment();
        metrics.blocks.add(segment.blockCount());
        metrics.rows.add(segment.rowCount());
    }

    private @Nullable VectorBatch next(SegmentScan scan, List<Stage> stages) {
        while (true) {
            context.check();
            Allowance.current().take();
            VectorBatch read = scan.next();
            if (read == null) {
                return null;
            }
            VectorBatch rows = Stage.applyAll(stages, spread(read));
            if (rows != null) {
                return rows;
            }
        }
    }

    /// Puts the columns that were read in their places; behind them may stand the weights.
    private VectorBatch spread(VectorBatch read) {
        boolean isWeighted = read.columns().length > wanted.length;
        if (wanted.length == columns.size() && !isWeighted) {
            return read;
        }
        Vector[] all = new Vector[columns.size()];
        Arrays.fill(all, VectorValues.NOT_READ);
        for (int i = 0; i < wanted.length; i++) {
            all[wanted[i]] = read.column(i);
        }
        Vector last = isWeighted ? read.column(wanted.length) : null;
        return new VectorBatch(
                read.rowCount(),
                all,
                last instanceof Vector.Longs weights ? weights.values() : null,
                null);
    }

    /// Whether the zones of a number column prove that no row of the segment passes: asked before
    /// any dictionary is touched.
    ///
    /// @param ofTime whether the time column is asked, or all the others
    private boolean isExcluded(SegmentReader segment, boolean ofTime) {
        for (Conjunct conjunct : conjuncts) {
            if (conjunct.predicate() instanceof Predicate.NumberRange range
                    && ofTime == range.column().name().equals(table.schema().timeColumn())) {
                ColumnReader reader = segment.column(range.column().name());
                ZoneMap zone = reader == null ? null : reader.zone();
                if (zone == null
                        || zone.isAllAbsent()
                        || zone.max() < range.min()
                        || zone.min() > range.max()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether the dictionaries of the segment have an answer for all of their values. The answers
    /// are kept for the scan.
    private static boolean isAnswered(Predicate predicate, SegmentReader segment) {
        return switch (predicate) {
            case Predicate.Matches matches -> {
                ColumnReader reader = segment.column(matches.column().name());
                try {
                    matches.test()
                            .codes(
                                    reader == null
                                            ? SegmentReader.absentDictionary(matches.column())
                                            : reader.dictionary());
                    yield true;
                } catch (QueryException _) {
                    yield false;
                }
            }
            case Predicate.And and ->
                    and.parts().stream().allMatch(part -> isAnswered(part, segment));
            case Predicate.Or or -> or.parts().stream().allMatch(part -> isAnswered(part, segment));
            default -> true;
        };
    }
}
