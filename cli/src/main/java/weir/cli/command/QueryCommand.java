// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import weir.cli.terminal.Terminal;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.catalog.Table;

/// `weir query`.
@Command(
        name = "query",
        description = {
            "Answer SQL (Trino's dialect, as in Athena) over the store, or over files with --from.",
            "The table is vpc_flow_logs; weir schema lists its columns."
        })
final class QueryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private SqlInput input = new SqlInput();

    @Mixin private LogInput logs = new LogInput();

    @Mixin private RunOptions running = new RunOptions();

    QueryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        QueryOptions options = logs.with(running.queryOptions());
        List<String> statements = input.statements(logs, terminal);
        List<Table> lookups = logs.lookups(options.memoryLimitBytes());
        try (OpenedStore opened = SqlInput.open(logs, weir, statements, lookups, terminal)) {
            running.run(statements, new QueryEngine(opened.store(), lookups), options, terminal);
        }
        return ExitCode.DONE;
    }
}
