// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import weir.cli.report.DropSummary;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.engine.DropReport;
import weir.engine.Retention;
import weir.engine.RewriteOptions;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.ingest.FlowIngestor;

/// `weir drop`.
@Command(
        name = "drop",
        description = {
            "Drop old records: those from before a time, or the oldest until the store is small"
                    + " enough.",
            "Queries may run meanwhile. Files that were collected stay known, so that a dropped"
                    + " one is not collected again."
        })
final class DropCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = PastTime.class,
            description =
                    "Drop records that start before this time: 2026-11-01 or"
                            + " 2026-11-01T08:00:00Z, or so long ago: -30d, -24h.")
    private @Nullable Instant before;

    @Option(
            names = "--keep-bytes",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Drop the oldest segments until all have at most N bytes: 500MB, 20GB.")
    private @Nullable Long keptBytes;

    @Option(names = "--dry-run", description = "Drop nothing, and say what would go.")
    private boolean isDryRun;

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output instead of the summary.")
    private boolean isJson;

    DropCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if ((before == null) == (keptBytes == null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "spec").commandLine(),
                    "say what is to go, with one of --before TIME and --keep-bytes N");
        }
        WeirCommand program = Objects.requireNonNull(weir, "weir");
        long startNanos = System.nanoTime();
        try (OpenedStore opened = OpenedStore.existing(program, terminal)) {
            DropReport report = drop(opened.store());
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            try (Snapshot snapshot = opened.store().snapshot()) {
                DropSummary summary = new DropSummary(report, snapshot, isDryRun, seconds);
                if (isJson) {
                    terminal.print(summary.json().toString());
                } else {
                    summary.lines(program.store()).forEach(terminal::say);
                }
            }
            sayWhatIsLeft(report);
        }
        return ExitCode.DONE;
    }

    private DropReport drop(Store store) {
        if (before != null) {
            // Records start at whole seconds.
            long second = before.getEpochSecond() + (before.getNano() > 0 ? 1 : 0);
            RewriteOptions options = RewriteOptions.of(FlowIngestor.storageHints());
            return Retention.dropBefore(store, second, options, isDryRun);
        }
        long sizeBytes = Objects.requireNonNull(keptBytes, "--keep-bytes");
        return Retention.keepBytes(
                store,
                List.of(FlowIngestor.FLOWS, FlowIngestor.TRANSIT_GATEWAY_FLOWS),
                sizeBytes,
                isDryRun);
    }

    private void sayWhatIsLeft(DropReport report) {
        if (keptBytes != null && !isDryRun && report.bytesLeft() > keptBytes) {
            terminal.say(
                    "weir drop: %s are left, of the tables about the store itself, which stay"
                            .formatted(Quantity.bytes(report.bytesLeft())));
        }
    }
}
