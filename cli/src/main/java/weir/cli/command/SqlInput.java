// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import weir.cli.output.Visible;
import weir.cli.terminal.Terminal;
import weir.query.QueryOptions;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.lookup.LookupException;
import weir.query.lookup.LookupFile;
import weir.query.sql.SqlParser;

/// Where a command takes its SQL and its logs from.
final class SqlInput {
    /// How SQL begins, when the last word behind `--from` may be a path or the SQL.
    private static final Pattern SQL =
            Pattern.compile(
                    "(?is)\\s*(--.*|/\\*.*|\\(.*|(select|with|values|table|show|describe|explain"
                            + "|create|drop|prepare|execute)\\b.*)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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
            names = "--from",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Ask these files, directories or patterns instead of a store: they are"
                            + " collected into a store that is removed at the end.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--from-format",
            paramLabel = "FIELDS",
            description = "The fields of those of the files that have no header line.")
    private @Nullable String fromFormat;

    @Option(
            names = "--table",
            paramLabel = "NAME=FILE",
            description =
                    "A CSV, TSV or JSON file as a table of that name, to join with; may be given"
                            + " several times.")
    private Map<String, Path> lookupFiles = new LinkedHashMap<>();

    @Option(
            names = "--skip-damaged",
            description =
                    "Answer without the segments that are damaged, and name them on standard"
                            + " error.")
    private boolean isDamageSkipped;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the SQL from this file; - is standard input.")
    private @Nullable String file;

    /// The statements.
    ///
    /// @throws ParameterException when none are given
    /// @throws CommandFailure when the text holds none
    List<String> statements(Terminal terminal) throws IOException {
        takeSqlBehindFrom();
        List<String> statements = SqlParser.split(text(terminal));
        if (statements.isEmpty()) {
            throw new CommandFailure("the SQL is empty");
        }
        return statements;
    }

    /// `--from` takes any number of words, so it also took the SQL when that stands behind it.
    private void takeSqlBehindFrom() {
        if (sql == null
                && file == null
                && !from.isEmpty()
                && SQL.matcher(from.getLast()).matches()) {
            sql = from.getLast();
            from = from.subList(0, from.size() - 1);
            if (from.isEmpty()) {
                throw usage("--from names no path");
            }
        }
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

    /// The tables that `--table` names.
    ///
    /// @param memoryBytes the memory limit, of which their text may have a quarter
    /// @throws CommandFailure when a file is no table
    List<Table> lookups(long memoryBytes) {
        List<Table> tables = new ArrayList<>();
        lookupFiles.forEach((name, file) -> {
            if (!NAME.matcher(name).matches()) {
                throw usage("--table NAME=FILE: '" + name + "' is no name of a table");
            }
            if (Catalog.TABLES_OF_LOGS.contains(name.toLowerCase(Locale.ROOT))) {
                throw usage(
                        "--table NAME=FILE: '" + name + "' is the table of the logs themselves");
            }
            try {
                tables.add(LookupFile.read(file, name, memoryBytes / 4));
            } catch (LookupException e) {
                throw new CommandFailure(Visible.text(String.valueOf(e.getMessage())), e);
            }
        });
        return tables;
    }

    /// Opens what `--from` names, or else the store of `weir`. Where there is none, `statements`
    /// that name no table are answered all the same.
    ///
    /// @param statements what [#statements] gave
    /// @param lookups what [#lookups] gave
    OpenedStore open(
            @Nullable WeirCommand weir,
            List<String> statements,
            List<Table> lookups,
            Terminal terminal)
            throws IOException {
        if (from.isEmpty()) {
            if (fromFormat != null) {
                throw usage("--from-format is for --from");
            }
            WeirCommand program = Objects.requireNonNull(weir, "weir");
            return !Files.exists(program.store()) && !TableNeed.isIn(statements, lookups)
                    ? OpenedStore.empty()
                    : OpenedStore.existing(program);
        }
        if (isDamageSkipped) {
            throw usage("--skip-damaged is for a store, and --from makes a new one");
        }
        if (Objects.requireNonNull(weir, "weir").isStoreGiven()) {
            throw usage("--from asks files and --store a store: give one of them");
        }
        try {
            return OpenedStore.ofFiles(from, fromFormat, terminal);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /// `options`, and whether damaged segments are left out.
    QueryOptions with(QueryOptions options) {
        return options.withSkipDamaged(isDamageSkipped);
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }
}
