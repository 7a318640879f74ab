// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import weir.engine.SkippedSegment;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.plan.PlanPrinter;
import weir.query.type.BasicType;

/// What happened when a plan ran: the answer of EXPLAIN ANALYZE.
///
/// @param plan what ran
/// @param scans the stored tables it read
/// @param rowCount rows of its result, which are not kept
/// @param planning how long it took to make the plan
/// @param running how long it took from the start to the last row
/// @param peakMemoryBytes most bytes of rows and tables that were kept at once
public record Analysis(
        LogicalPlan plan,
        List<TableScan> scans,
        long rowCount,
        Duration planning,
        Duration running,
        long peakMemoryBytes) {
    private static final String[] HEADINGS = {
        "", "in all", "skipped by time", "by zone", "by index", "not needed", "read"
    };

    /// Runs `plan` to its end.
    ///
    /// @throws weir.query.fault.QueryException when it cannot
    public static Analysis run(LogicalPlan plan, Duration planning, QueryContext context) {
        long start = System.nanoTime();
        long rowCount = 0;
        try (BatchSource rows = PlanExecution.open(plan, context)) {
            for (VectorBatch batch = rows.next(); batch != null; batch = rows.next()) {
                rowCount += batch.rowCount();
            }
        }
        context.checkFiles();
        Duration running = Duration.ofNanos(System.nanoTime() - start);
        return new Analysis(
                plan, context.scans(), rowCount, planning, running, context.peakMemoryBytes());
    }

    /// The one column of the result of EXPLAIN, with or without ANALYZE.
    public static List<LogicalPlan.Field> fields() {
        return List.of(new LogicalPlan.Field("Query Plan", BasicType.VARCHAR));
    }

    /// The analysis as the one row of a result, made when that row is asked for.
    public static BatchSource source(LogicalPlan plan, Duration planning, QueryContext context) {
        return PlanExecution.later(
                context,
                _ -> {
                    String text = run(plan, planning, context).text();
                    List<Expr> row = List.of(new Expr.Literal(BasicType.VARCHAR, text));
                    return PlanExecution.open(
                            new LogicalPlan.Values(fields(), List.of(row)), context);
                });
    }

    /// The plan, then for each scan what became of segments, blocks and rows, then the result. What
    /// differs from run to run stands in the last line alone.
    public String text() {
        StringBuilder text = new StringBuilder(PlanPrinter.print(plan)).append("\n\n");
        scans.forEach(scan -> append(scan, text));
        return text.append("Result of ")
                .append(rows(rowCount))
                .append("\nTime ")
                .append(millis(running))
                .append(" to run, ")
                .append(millis(planning))
                .append(" to plan; peak memory ")
                .append(count(peakMemoryBytes))
                .append(" bytes")
                .toString();
    }

    private static void append(TableScan scan, StringBuilder text) {
        text.append("Scan of ").append(scan.table()).append('\n');
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADINGS);
        lines.add(line("segments", scan.segments()));
        lines.add(line("blocks", scan.blocks()));
        lines.add(line("rows", scan.rows()));
        int[] widths = new int[HEADINGS.length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            text.append("  ").append(line[0]).repeat(' ', widths[0] - line[0].length());
            for (int i = 1; i < widths.length; i++) {
                text.repeat(' ', 2 + widths[i] - line[i].length()).append(line[i]);
            }
            text.append('\n');
        }
        long touched = scan.metrics().bytesRead.sum();
        long summarized = scan.metrics().segmentsSummarized.sum();
        if (summarized > 0) {
            text.append("  ").append(count(summarized)).append(" segments by summaries of ");
            text.append(rows(scan.metrics().summaryRows.sum())).append('\n');
        }
        for (SkippedSegment damaged : scan.leftOut()) {
            text.append("  left out as damaged: ").append(damaged.file());
            text.append(", ").append(rows(damaged.rowCount())).append('\n');
        }
        text.append("  ").append(rows(scan.metrics().rowsPassed.sum())).append(" passed\n  ");
        text.append(count(touched)).append(" bytes touched of ").append(count(scan.storedBytes()));
        text.append(" stored").append(percent(touched, scan.storedBytes())).append("\n\n");
    }

    private static String[] line(String what, TableScan.Share share) {
        return new String[] {
            what,
            count(share.inAll()),
            count(share.skippedByTime()),
            count(share.skippedByZone()),
            count(share.skippedByIndex()),
            count(share.notNeeded()),
            count(share.read())
        };
    }

    private static String rows(long number) {
        return count(number) + (number == 1 ? " row" : " rows");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(long part, long whole) {
        if (whole == 0) {
            return "";
        }
        double percent = 100.0 * part / whole;
        return percent > 0 && percent < 0.1
                ? " (less than 0.1 %)"
                : String.format(Locale.ROOT, " (%.1f %%)", percent);
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
