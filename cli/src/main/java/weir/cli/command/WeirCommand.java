// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import weir.cli.output.Visible;
import weir.cli.terminal.Terminal;

/// The program itself: the options that all commands share.
@Command(
        name = "weir",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = WeirCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Athena-style SQL over AWS VPC Flow Logs, on one machine.",
        footer = {
            "",
            "Ask a folder of logs:   weir query --from logs/ \"SELECT action, count(*) FROM"
                    + " vpc_flow_logs GROUP BY action\"",
            "Keep them in a store:   weir ingest logs/   and then   weir query \"SELECT ...\"",
            "",
            "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but input was rejected and"
                    + " --strict was given."
        })
final class WeirCommand implements Callable<Integer> {
    /// The variable that names the store when `--store` does not.
    static final String STORE_VARIABLE = "WEIR_STORE";

    /// The store when nothing names another.
    static final String STORE_DEFAULT = "weir-store";

    private final Terminal terminal;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The store: a folder. Default: $WEIR_STORE, else%n./weir-store.")
    private @Nullable Path store;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure.")
    private boolean isDebug;

    WeirCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The folder of the store.
    Path store() {
        if (store != null) {
            return store;
        }
        String variable = System.getenv(STORE_VARIABLE);
        return Path.of(variable == null || variable.isEmpty() ? STORE_DEFAULT : variable);
    }

    /// The words that name the store in another command, with a blank behind; empty where that
    /// command finds the same store without them.
    String storeOption() {
        return store == null && store().equals(Path.of(STORE_DEFAULT))
                ? ""
                : "--store " + Visible.text(store().toString()) + " ";
    }

    /// Whether the command line names a store.
    boolean isStoreGiven() {
        return store != null;
    }

    /// Whether failures show their stack traces.
    boolean isDebug() {
        return isDebug;
    }

    /// Without a command: say what there is.
    @Override
    public Integer call() {
        if (spec != null) {
            terminal.err().print(spec.commandLine().getUsageMessage());
            terminal.err().flush();
        }
        return ExitCode.USAGE;
    }

    /// The version that the build wrote down.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "weir " + read() + " (Java " + Runtime.version() + ")",
            };
        }

        private static String read() {
            try (InputStream in =
                    WeirCommand.class.getResourceAsStream("/weir/cli/version.properties")) {
                Properties properties = new Properties();
                if (in != null) {
                    properties.load(in);
                }
                return properties.getProperty("version", "of unknown version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
