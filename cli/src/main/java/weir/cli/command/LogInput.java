// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import weir.cli.output.Visible;
import weir.cli.terminal.Terminal;
import weir.query.QueryOptions;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.lookup.ContextFiles;
import weir.query.lookup.LookupException;
import weir.query.lookup.LookupFile;

/// Where a command takes its logs from, and tables beside them.
final class LogInput {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

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
            names = "--context",
            paramLabel = "FILE",
            description =
                    "A file of context for this command alone, as weir context add keeps it in a"
                            + " store; may be given several times.")
    private List<Path> contextFiles = new ArrayList<>();

    @Option(
            names = "--skip-damaged",
            description =
                    "Answer without the segments that are damaged, and name them on standard"
                            + " error.")
    private boolean isDamageSkipped;

    /// Whether files are asked instead of a store.
    boolean isFromFiles() {
        return !from.isEmpty();
    }

    /// The words at the end of `--from` that are `other`, in their order: it takes any number of
    /// words, so it also took what stands behind the paths. A word that names a file stays, and so
    /// does the first.
    List<String> takeBehindFrom(Predicate<String> other) {
        int end = from.size();
        while (end > 0 && other.test(from.get(end - 1)) && !isFile(from.get(end - 1))) {
            end--;
        }
        if (end == 0 && !from.isEmpty()) {
            throw usage("--from names no path");
        }
        List<String> taken = List.copyOf(from.subList(end, from.size()));
        from = new ArrayList<>(from.subList(0, end));
        return taken;
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// The tables that `--table` and `--context` name.
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
        try {
            tables.addAll(ContextFiles.read(contextFiles));
        } catch (LookupException e) {
            throw new CommandFailure(Visible.text(String.valueOf(e.getMessage())), e);
        }
        return tables;
    }

    /// Opens what `--from` names, or else the store of `weir`.
    ///
    /// @throws CommandFailure when there is no store, or nothing can be read
    OpenedStore open(@Nullable WeirCommand weir, Terminal terminal) throws IOException {
        WeirCommand program = Objects.requireNonNull(weir, "weir");
        if (from.isEmpty()) {
            if (fromFormat != null) {
                throw usage("--from-format is for --from");
            }
            return OpenedStore.existing(program, terminal);
        }
        if (isDamageSkipped) {
            throw usage("--skip-damaged is for a store, and --from makes a new one");
        }
        if (program.isStoreGiven()) {
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
