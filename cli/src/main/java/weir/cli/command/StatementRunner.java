// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.cli.output.OutputFormat;
import weir.cli.output.ResultWriter;
import weir.cli.output.Visible;
import weir.cli.report.JsonObject;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.engine.SkippedSegment;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.arrow.ArrowStreamWriter;
import weir.query.fault.QueryException;

/// Runs statements one after the other, prints their results, and takes the time: of planning and
/// running, without printing.
final class StatementRunner {
    private final QueryEngine engine;
    private final QueryOptions options;
    private final Terminal terminal;
    private final @Nullable ResultWriter writer;
    private final String command;

    /// @param format how results are printed
    /// @param command whose statements these are, for messages
    StatementRunner(
            QueryEngine engine,
            QueryOptions options,
            Terminal terminal,
            OutputFormat format,
            String command) {
        this.engine = engine;
        this.options = options;
        this.terminal = terminal;
        this.writer =
                format == OutputFormat.ARROW
                        ? null
                        : ResultWriter.ofText(format, terminal.out(), terminal.outIsTerminal());
        this.command = command;
    }

    /// What the runs of one statement took.
    ///
    /// @param rows rows of the result
    /// @param runNanos the time of each run
    record Timing(long rows, long[] runNanos) {
        String json(int statement) {
            double[] millis = new double[runNanos.length];
            for (int run = 0; run < millis.length; run++) {
                millis[run] = runNanos[run] / 1e6;
            }
            return new JsonObject()
                    .put("statement", statement)
                    .put("rows", rows)
                    .put("runs_ms", millis)
                    .toString();
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%s in %.1f ms",
                    Quantity.of(rows, "row"),
                    runNanos[runNanos.length - 1] / 1e6);
        }
    }

    /// Runs statement `index` of `statements`, from 0.
    ///
    /// @param runs how often, at least once
    /// @throws CommandFailure when it is wrong, with the place
    Timing run(List<String> statements, int index, int runs) throws IOException {
        String sql = statements.get(index);
        try {
            long[] nanos = new long[runs];
            long rows = 0;
            for (int run = 0; run < runs; run++) {
                Stopwatch watch = new Stopwatch();
                rows = run(sql, watch, run == 0);
                nanos[run] = watch.nanos;
            }
            return new Timing(rows, nanos);
        } catch (QueryException e) {
            throw failure(e, sql, statements.size() > 1 ? index + 1 : 0);
        }
    }

    private long run(String sql, Stopwatch watch, boolean isPrinted) throws IOException {
        watch.start();
        try (QueryResult result = engine.execute(sql, options)) {
            watch.stop();
            String change = result.change();
            if (change != null) {
                report(change, result);
            } else if (!isPrinted) {
                while (next(result, watch) != null) {
                    // Only the time of these runs counts.
                }
            } else if (writer == null) {
                ArrowStreamWriter.write(result.fields(), () -> next(result, watch), terminal.out());
                terminal.out().flush();
            } else {
                writer.begin(result.fields());
                for (VectorBatch batch = next(result, watch);
                        batch != null;
                        batch = next(result, watch)) {
                    writer.batch(batch);
                }
                writer.end();
            }
            if (isPrinted) {
                result.skippedSegments().forEach(skipped -> warn(command, skipped, terminal));
            }
            return result.rowCount();
        }
    }

    /// A change has no rows for standard output: whoever reads those asks a query.
    private void report(String change, QueryResult result) {
        VectorBatch rows = Objects.requireNonNull(result.nextBatch(), "what was changed");
        long count = ((Vector.Longs) rows.column(0)).values()[0];
        boolean isCounted = change.equals("CREATE TABLE");
        terminal.say(
                "weir "
                        + command
                        + ": "
                        + change
                        + (isCounted ? ": " + Quantity.of(count, "row") : ""));
    }

    /// Says what the answer of `command` is without.
    static void warn(String command, SkippedSegment skipped, Terminal terminal) {
        terminal.say(
                "weir %s: left out of the answer: %s of table %s in segment %s"
                        .formatted(
                                command,
                                Quantity.of(skipped.rowCount(), "row"),
                                Visible.text(skipped.table()),
                                Visible.text(String.valueOf(skipped.reason().getMessage()))));
    }

    private static @Nullable VectorBatch next(QueryResult result, Stopwatch watch) {
        watch.start();
        VectorBatch batch = result.nextBatch();
        watch.stop();
        return batch;
    }

    /// The failure of a statement in words.
    ///
    /// @param number of the statement, from 1; 0 when there is only one
    static CommandFailure failure(QueryException e, String sql, int number) {
        String words = e.describe(sql).lines().map(Visible::text).collect(Collectors.joining("\n"));
        return new CommandFailure((number == 0 ? "" : "statement " + number + ", ") + words, e);
    }

    /// Time that is counted in pieces.
    private static final class Stopwatch {
        private long startNanos;
        private long nanos;

        void start() {
            startNanos = System.nanoTime();
        }

        void stop() {
            nanos += System.nanoTime() - startNanos;
        }
    }
}
