// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import weir.cli.output.Visible;
import weir.cli.terminal.ResultStreamException;
import weir.cli.terminal.Terminal;
import weir.ingest.FlowIngestor;
import weir.query.fault.NearWords;

/// Runs the command that a command line names, and words its failures.
public final class CommandRunner {
    private CommandRunner() {}

    /// Runs `arguments` with these streams.
    ///
    /// @return the exit code of the process
    public static int run(String[] arguments, Terminal terminal) {
        WeirCommand weir = new WeirCommand(terminal);
        CommandLine line = new CommandLine(weir);
        line.addSubcommand(new QueryCommand(terminal));
        line.addSubcommand(new IngestCommand(terminal));
        line.addSubcommand(new AskCommand(terminal));
        line.addSubcommand(new ContextCommand(terminal));
        line.addSubcommand(new ExplainCommand(terminal));
        line.addSubcommand(new SchemaCommand(terminal));
        line.addSubcommand(new StatsCommand(terminal));
        line.addSubcommand(new VerifyCommand(terminal));
        line.addSubcommand(new InspectCommand(terminal));
        line.addSubcommand(new CompactCommand(terminal));
        line.addSubcommand(new DropCommand(terminal));
        line.addSubcommand(new GenerateCommand(terminal));
        line.addSubcommand(new HelpCommand(terminal));
        withoutStore(line, "generate");
        withoutStore(line, "help");
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, _) -> {
            terminal.say(usageMessage(failure));
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, _) ->
                new FailureReport(terminal, weir.isDebug())
                        .report(command.getCommandName(), failure));
        line.setExecutionStrategy(parsed -> {
            try {
                return execute(line, parsed, terminal);
            } catch (OutOfMemoryError e) {
                // The handler above is asked about exceptions only.
                return new FailureReport(terminal, weir.isDebug()).report(nameOf(parsed), e);
            }
        });
        try {
            return line.execute(arguments);
        } catch (ResultStreamException e) {
            return e.isReaderGone() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static int execute(CommandLine line, ParseResult parsed, Terminal terminal) {
        int code = new CommandLine.RunLast().execute(parsed);
        ParseResult last = parsed;
        while (last.hasSubcommand() && !last.isVersionHelpRequested()) {
            last = last.subcommand();
        }
        return last.isVersionHelpRequested() ? sayInflater(line, terminal) : code;
    }

    private static String nameOf(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.commandSpec().name();
    }

    /// What `--version` says besides. The provider of the version is asked by every command, and
    /// this takes too long for that.
    private static int sayInflater(CommandLine line, Terminal terminal) {
        try {
            line.getOut().println("inflater: " + FlowIngestor.inflater());
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            terminal.say("weir: " + Visible.text(String.valueOf(e.getMessage())));
            return ExitCode.FAILED;
        }
    }

    /// Takes the option that all commands share from one that has no store.
    private static void withoutStore(CommandLine line, String command) {
        CommandLine subcommand =
                Objects.requireNonNull(line.getSubcommands().get(command), command);
        CommandSpec spec = subcommand.getCommandSpec();
        spec.remove(Objects.requireNonNull(spec.findOption("--store"), "--store"));
    }

    private static String usageMessage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        StringBuilder message = new StringBuilder(name).append(": ");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            boolean isOption = first.startsWith("-");
            boolean isCommand = !isOption && command.getParent() == null;
            message.append("there is no ")
                    .append(isOption ? "option " : isCommand ? "command " : "argument ")
                    .append(Visible.text(first));
            List<String> suggestions =
                    isCommand
                            ? NearWords.of(first, command.getSubcommands().keySet())
                            : unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                message.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        } else {
            // The parser says "option" once more for options of NAME=VALUE.
            String text = firstLine(failure.getMessage()).replace("option option", "option");
            message.append(Visible.text(text));
        }
        return message.append("\nSee ").append(name).append(" --help.").toString();
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "wrong usage" : message.lines().findFirst().orElse("wrong usage");
    }
}
