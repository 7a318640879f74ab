// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weir.cli.output.OutputFormat;
import weir.cli.output.ResultWriter;
import weir.cli.terminal.Terminal;

/// How a command that describes a store prints its rows.
final class ResultOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            description =
                    "table, csv, tsv, json, jsonl or markdown. Default: table on a terminal, csv"
                            + " otherwise.")
    private @Nullable OutputFormat format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean isJson;

    /// Whether JSON is asked for.
    boolean isJson() {
        return isJson || format == OutputFormat.JSON;
    }

    /// A writer to the standard output of `terminal`.
    ResultWriter writer(Terminal terminal) {
        if (format == OutputFormat.ARROW) {
            throw new CommandFailure("the format arrow is for weir query");
        }
        OutputFormat chosen = isJson ? OutputFormat.JSON : format;
        if (chosen == null) {
            chosen = terminal.outIsTerminal() ? OutputFormat.TABLE : OutputFormat.CSV;
        }
        return ResultWriter.ofText(chosen, terminal.out(), terminal.outIsTerminal());
    }
}
