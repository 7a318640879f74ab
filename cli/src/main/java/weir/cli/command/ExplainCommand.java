// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import weir.cli.output.Visible;
import weir.cli.report.AnalysisJson;
import weir.cli.report.JsonObject;
import weir.cli.terminal.Terminal;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.catalog.Table;
import weir.query.exec.Analysis;
import weir.query.exec.TableScan;
import weir.query.fault.QueryException;

/// `weir explain`.
@Command(name = "explain", description = "Print how a statement would be answered.")
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private SqlInput input = new SqlInput();

    @Mixin private LogInput logs = new LogInput();

    @Option(
            names = "--analyze",
            description = "Run it too, and print what was read and what was skipped.")
    private boolean isAnalyzed;

    @Option(names = "--json", description = "Print one JSON object for each statement.")
    private boolean isJson;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<String> statements = input.statements(logs, terminal);
        QueryOptions options = logs.with(QueryOptions.defaults());
        List<Table> lookups = logs.lookups(options.memoryLimitBytes());
        try (OpenedStore opened = SqlInput.open(logs, weir, statements, lookups, terminal)) {
            QueryEngine engine = new QueryEngine(opened.store(), lookups);
            for (int index = 0; index < statements.size(); index++) {
                String sql = statements.get(index);
                try {
                    print(index + 1, sql, engine, options);
                } catch (QueryException e) {
                    throw StatementRunner.failure(e, sql, statements.size() > 1 ? index + 1 : 0);
                }
            }
        }
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private void print(int statement, String sql, QueryEngine engine, QueryOptions options)
            throws IOException {
        Analysis analysis = isAnalyzed ? engine.analyze(sql, options) : null;
        StringBuilder text = new StringBuilder();
        if (isJson) {
            JsonObject json = new JsonObject().put("statement", statement).put("sql", sql);
            if (analysis == null) {
                json.put("plan", engine.explain(sql, options));
            } else {
                AnalysisJson.put(analysis, json);
            }
            text.append(json).append('\n');
        } else {
            text.append(statement > 1 ? "\n" : "");
            (analysis == null ? engine.explain(sql, options) : analysis.text())
                    .lines()
                    .forEach(line -> text.append(Visible.text(line)).append('\n'));
        }
        terminal.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
        if (analysis != null) {
            for (TableScan scan : analysis.scans()) {
                scan.leftOut()
                        .forEach(skipped -> StatementRunner.warn("explain", skipped, terminal));
            }
        }
    }
}
