// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import weir.cli.terminal.Terminal;

/// `weir help [COMMAND]`.
@Command(name = "help", description = "Say what a command does.")
final class HelpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    private @Nullable String command;

    HelpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("help was not set up");
        }
        CommandLine weir = spec.parent().commandLine();
        CommandLine about = command == null ? weir : weir.getSubcommands().get(command);
        if (about == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no command '"
                            + command
                            + "'; the commands are "
                            + String.join(", ", weir.getSubcommands().keySet()));
        }
        terminal.out().write(about.getUsageMessage().getBytes(StandardCharsets.UTF_8));
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
