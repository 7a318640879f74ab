// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import weir.cli.output.ResultWriter;
import weir.cli.report.StoreReport;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;

/// `weir stats`.
@Command(name = "stats", description = "Print how many segments, rows and bytes the store holds.")
final class StatsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private ResultOptions result = new ResultOptions();

    @Option(
            names = "--columns",
            description = "Print where the bytes are: by column, index, dictionary.")
    private boolean isByColumn;

    StatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (OpenedStore opened =
                        OpenedStore.existing(Objects.requireNonNull(weir, "weir"), terminal);
                Snapshot snapshot = opened.store().snapshot()) {
            StoreReport report = new StoreReport(snapshot);
            ResultWriter writer = result.writer(terminal);
            if (isByColumn) {
                report.printColumns(writer);
            } else {
                report.printTables(writer);
            }
        }
        return ExitCode.DONE;
    }
}
