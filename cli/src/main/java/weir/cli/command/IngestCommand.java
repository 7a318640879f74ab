// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import weir.cli.progress.Progress;
import weir.cli.report.IngestSummary;
import weir.cli.report.LiveSummary;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.ingest.FlowIngestor;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;

/// `weir ingest`.
@Command(
        name = "ingest",
        description = {
            "Collect flow logs into the store: text, CSV, JSON or Parquet, plain or packed.",
            "What was collected before is skipped, so the same command can be repeated."
        })
final class IngestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "A file, a directory (with all below it), a pattern such as 'logs/**/*.gz', or"
                            + " - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FIELDS",
            description =
                    "The fields of files without a header line, in their order:"
                            + " \"version srcaddr dstaddr ...\". Default: AWS's default format.")
    private @Nullable String format;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            description =
                    "What holds the records, whatever it is packed in: auto (the default, decided"
                            + " by content), text, csv, json or parquet.")
    private @Nullable String form;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = PastTime.class,
            description =
                    "Leave out folders of AWS that hold only earlier records: 2026-11-01, or -7d.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = PastTime.class,
            description = "Leave out folders of AWS that hold only records of this time or later.")
    private @Nullable Instant to;

    @Option(
            names = "--again",
            description =
                    "Collect files that changed since they were collected again, as a whole:"
                            + " records that they had before count twice.")
    private boolean takesChanged;

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each processor.")
    private @Nullable Integer threads;

    @Option(
            names = "--live",
            description = {
                "Go on until the input ends: take records from standard input (-) as they arrive,"
                        + " and say 'acked N' on standard error as N of them are safe; collect new"
                        + " files of the other PATHs as they land."
            })
    private boolean isLive;

    @Option(
            names = "--freshness",
            paramLabel = "SECONDS",
            description =
                    "With --live: how old a record becomes before other commands see it."
                            + " Default: 1.")
    private @Nullable Double freshness;

    @Mixin private ProgressOption progress = new ProgressOption();

    @Option(names = "--strict", description = "End with code 3 when a line or a file was rejected.")
    private boolean isStrict;

    @Option(
            names = "--max-rejected",
            paramLabel = "N",
            description = "End with code 3 when more than N lines were rejected.")
    private @Nullable Long rejectedMax;

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output instead of the summary.")
    private boolean isJson;

    IngestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        IngestOptions options = options();
        WeirCommand program = Objects.requireNonNull(weir, "weir");
        Path directory = program.store();
        try (Store store = Store.openOrCreate(directory)) {
            if (isLive) {
                return collectLive(store, directory, options);
            }
            OpenedStore.takeOver(store, directory, terminal);
            IngestReport report = ingest(store, directory, options);
            try (Snapshot snapshot = store.snapshotOfReadable()) {
                print(new IngestSummary(report, snapshot), directory, program.storeOption());
            }
            return exitCode(report);
        }
    }

    private int collectLive(Store store, Path directory, IngestOptions options) throws IOException {
        List<String> followed = new ArrayList<>(paths);
        boolean readsInput = followed.removeIf(path -> path.equals("-"));
        try (LiveCollection live =
                new LiveCollection(terminal, store, directory, followed, options, freshness())) {
            live.run(readsInput, format);
            try (Snapshot snapshot = store.snapshotOfReadable()) {
                LiveSummary summary = live.summary(snapshot);
                if (isJson) {
                    terminal.print(summary.json().toString());
                } else {
                    summary.lines(directory).forEach(terminal::say);
                }
                boolean isClean = summary.rejectedLines() == 0 && summary.failedFiles() == 0;
                return code(isClean, summary.rejectedLines());
            }
        }
    }

    private Duration freshness() {
        double seconds = freshness == null ? 1 : freshness;
        if (!(seconds >= 0.001 && seconds <= 3600)) {
            throw usage("--freshness is 0.001 to 3600 seconds");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void print(IngestSummary summary, Path directory, String storeOption)
            throws IOException {
        if (isJson) {
            terminal.print(summary.json().toString());
        } else {
            summary.lines(directory, storeOption).forEach(terminal::say);
        }
    }

    private IngestReport ingest(Store store, Path directory, IngestOptions options) {
        try (FlowIngestor ingestor = FlowIngestor.open(store, directory);
                Progress shown = progress.start(terminal)) {
            return ingestor.ingest(paths, options, shown::show);
        }
    }

    private IngestOptions options() {
        try {
            if (freshness != null && !isLive) {
                throw new IllegalArgumentException("--freshness goes with --live");
            }
            if (rejectedMax != null && rejectedMax < 0) {
                throw new IllegalArgumentException("--max-rejected is 0 or more");
            }
            IngestOptions options = IngestOptions.defaults();
            if (format != null) {
                options = options.withFormat(format);
                List<String> unknown = options.unknownFields();
                if (!unknown.isEmpty()) {
                    terminal.say(
                            "weir ingest: AWS documents no field called "
                                    + String.join(", ", unknown)
                                    + "; such columns are text");
                }
            }
            options = options.withTimes(from, to);
            options = takesChanged ? options.withChanged() : options;
            options = form == null ? options : options.withForm(form);
            return threads == null ? options : options.withThreads(threads);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }

    private int exitCode(IngestReport report) {
        if (report.files() == 0 && report.skippedFiles() == 0) {
            return ExitCode.FAILED;
        }
        boolean isClean =
                report.rejectedLines() == 0
                        && report.failedFiles() == 0
                        && report.warnings().isEmpty();
        return code(isClean, report.rejectedLines());
    }

    private int code(boolean isClean, long rejectedLines) {
        boolean isTooMany = rejectedMax != null && rejectedLines > rejectedMax;
        return isTooMany || (isStrict && !isClean) ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
