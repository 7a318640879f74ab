// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import weir.cli.progress.Progress;
import weir.cli.report.CompactSummary;
import weir.cli.terminal.Terminal;
import weir.engine.CompactReport;
import weir.engine.Compaction;
import weir.engine.RewriteOptions;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.ingest.FlowIngestor;

/// `weir compact`.
@Command(
        name = "compact",
        description = {
            "Merge the many small segments of repeated ingests into few; answers stay the same.",
            "Queries may run meanwhile. It can be broken off and repeated at any time."
        })
final class CompactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private ProgressOption progress = new ProgressOption();

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output instead of the summary.")
    private boolean isJson;

    CompactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        WeirCommand program = Objects.requireNonNull(weir, "weir");
        long startNanos = System.nanoTime();
        try (OpenedStore opened = OpenedStore.existing(program, terminal)) {
            CompactReport report = compact(opened.store());
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            try (Snapshot snapshot = opened.store().snapshot()) {
                CompactSummary summary = new CompactSummary(report, snapshot, seconds);
                if (isJson) {
                    terminal.print(summary.json().toString());
                } else {
                    summary.lines(program.store()).forEach(terminal::say);
                }
            }
        }
        return ExitCode.DONE;
    }

    private CompactReport compact(Store store) {
        RewriteOptions options = RewriteOptions.of(FlowIngestor.storageHints());
        try (Progress shown = progress.start(terminal)) {
            return Compaction.run(store, options, shown::show);
        }
    }
}
