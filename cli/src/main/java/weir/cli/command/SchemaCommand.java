// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import weir.cli.report.StoreReport;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;

/// `weir schema`.
@Command(name = "schema", description = "Print the tables of the store, their columns and types.")
final class SchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private ResultOptions result = new ResultOptions();

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (OpenedStore opened =
                        OpenedStore.existing(Objects.requireNonNull(weir, "weir"), terminal);
                Snapshot snapshot = opened.store().snapshot()) {
            new StoreReport(snapshot).printSchema(result.writer(terminal));
        }
        return ExitCode.DONE;
    }
}
