// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import weir.cli.terminal.Terminal;
import weir.query.catalog.Table;
import weir.query.sql.SqlParser;

/// Where a command takes its SQL from.
final class SqlInput {
    /// How SQL begins, when the last word behind `--from` may be a path or the SQL.
    private static final Pattern SQL =
            Pattern.compile(
                    "(?is)\\s*(--.*|/\\*.*|\\(.*|(select|with|values|table|show|describe|explain"
                            + "|create|drop|prepare|execute)\\b.*)");

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SQL",
            description =
                    "The statements, separated by semicolons. Without it and without -f: standard"
                            + " input.")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the SQL from this file; - is standard input.")
    private @Nullable String file;

    /// The statements.
    ///
    /// @param logs whose option may have taken the SQL that stands behind it
    /// @throws ParameterException when none are given
    /// @throws CommandFailure when the text holds none
    List<String> statements(LogInput logs, Terminal terminal) throws IOException {
        if (sql == null && file == null) {
            List<String> taken = logs.takeBehindFrom(word -> SQL.matcher(word).matches());
            if (taken.size() > 1) {
                throw usage(
                        "give the SQL as one argument: " + taken.size() + " stand behind --from");
            }
            sql = taken.isEmpty() ? null : taken.getFirst();
        }
        List<String> statements = SqlParser.split(text(terminal));
        if (statements.isEmpty()) {
            throw new CommandFailure("the SQL is empty");
        }
        return statements;
    }

    private String text(Terminal terminal) throws IOException {
        if (sql != null && file != null) {
            throw usage("give the SQL as an argument or with -f, not both");
        }
        if (sql != null) {
            return sql;
        }
        if (file == null && terminal.inIsTerminal()) {
            throw usage("what is the question? Give the SQL as an argument, or a file with -f");
        }
        byte[] bytes;
        if (file == null || file.equals("-")) {
            bytes = terminal.in().readAllBytes();
        } else {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                bytes = in.readAllBytes();
            }
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// Opens what `logs` names. Where that is a store that does not exist, `statements` that name
    /// no table are answered all the same.
    ///
    /// @param statements what [#statements] gave
    /// @param lookups what [LogInput#lookups] gave
    static OpenedStore open(
            LogInput logs,
            @Nullable WeirCommand weir,
            List<String> statements,
            List<Table> lookups,
            Terminal terminal)
            throws IOException {
        boolean isNeedless =
                !logs.isFromFiles()
                        && !Files.exists(Objects.requireNonNull(weir, "weir").store())
                        && !TableNeed.isIn(statements, lookups);
        return isNeedless ? OpenedStore.empty() : logs.open(weir, terminal);
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }
}
