// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import weir.cli.output.OutputFormat;
import weir.cli.output.ResultWriter;
import weir.cli.output.Visible;
import weir.cli.report.QuestionReport;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.ask.AskException;
import weir.query.ask.Catalogue;
import weir.query.ask.NewestRecord;
import weir.query.ask.Question;
import weir.query.ask.Suitability;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;

/// `weir ask`.
@Command(
        name = "ask",
        description = {
            "Ask a question by its name; without one: list them.",
            "weir ask NAME --explain says what an answer means and what may be chosen; weir ask"
                    + " NAME --sql prints the SQL, to be changed."
        })
final class AskCommand implements Callable<Integer> {
    /// The variable that names folders of questions.
    static final String QUESTIONS_VARIABLE = "WEIR_QUESTIONS";

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /// Longest file of values.
    private static final long LIST_BYTES_MAX = 4 << 20;

    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "QUESTION|NAME=VALUE",
            description =
                    "The question, and values for its parameters: limit=50, from=-24h, which is a"
                            + " day back from the newest record, list=@FILE for the lines of a"
                            + " file. weir ask NAME --explain lists them.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--sql", description = "Print the SQL with the values in it.")
    private boolean isSqlPrinted;

    @Option(
            names = "--explain",
            description = "Print what the question asks, needs and means, and its parameters.")
    private boolean isExplained;

    @Option(
            names = "--json",
            description = "The same as --format json; of the list and of --explain too.")
    private boolean isJson;

    @Option(
            names = "--questions",
            paramLabel = "DIR",
            description =
                    "A folder with questions of your own, files NAME.sql, which take the place of"
                            + " others with their name; may be given several times. Default:"
                            + " $WEIR_QUESTIONS.")
    private List<Path> folders = new ArrayList<>();

    @Mixin private LogInput logs = new LogInput();

    @Mixin private RunOptions running = new RunOptions();

    AskCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try {
            if (isJson) {
                running.useJson();
            }
            takeWordsBehindFrom();
            putQuestionFirst();
            if (isExplained && isSqlPrinted) {
                throw usage("--explain and --sql print different things; give one of them");
            }
            Catalogue catalogue = catalogue();
            if (words.isEmpty()) {
                list(catalogue);
                return ExitCode.DONE;
            }
            Question question = catalogue.question(words.getFirst());
            Map<String, String> values = values();
            if (isExplained) {
                explain(question);
            } else if (isSqlPrinted) {
                printSql(question, values);
            } else {
                ask(catalogue, question, values);
            }
            return ExitCode.DONE;
        } catch (AskException e) {
            String message = Visible.text(String.valueOf(e.getMessage()));
            throw switch (e.reason()) {
                case UNKNOWN_NAME, BAD_VALUE -> usage(message);
                case BAD_FILE, LACKING -> new CommandFailure(message, e);
            };
        }
    }

    /// `--from` takes any number of words, so it also took the question and its values.
    private void takeWordsBehindFrom() {
        boolean isNamed = !words.isEmpty() && !ASSIGNMENT.matcher(words.getFirst()).matches();
        List<String> taken =
                logs.takeBehindFrom(word ->
                        ASSIGNMENT.matcher(word).matches()
                                || (!isNamed && NAME.matcher(word).matches()));
        words = new ArrayList<>(words);
        words.addAll(isNamed ? words.size() : 0, taken);
    }

    /// Values may stand before the question.
    private void putQuestionFirst() {
        for (String word : words) {
            if (!ASSIGNMENT.matcher(word).matches()) {
                words = new ArrayList<>(words);
                words.remove(word);
                words.addFirst(word);
                return;
            }
        }
        if (!words.isEmpty()) {
            throw usage("there are values, and no question; weir ask lists the questions");
        }
    }

    private Catalogue catalogue() {
        Catalogue catalogue = Catalogue.builtIn();
        String variable = System.getenv(QUESTIONS_VARIABLE);
        if (folders.isEmpty() && variable != null && !variable.isEmpty()) {
            for (String folder : variable.split(Pattern.quote(File.pathSeparator), -1)) {
                catalogue = catalogue.with(Path.of(folder));
            }
        }
        for (Path folder : folders) {
            catalogue = catalogue.with(folder);
        }
        return catalogue;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            if (!ASSIGNMENT.matcher(word).matches()) {
                throw usage(
                        "expected NAME=VALUE beside the question, as limit=50, and not '"
                                + Visible.text(word)
                                + "'");
            }
            String name = word.substring(0, word.indexOf('='));
            String value = word.substring(name.length() + 1);
            if (values.put(name, value.startsWith("@") ? ofFile(name, value) : value) != null) {
                throw usage(name + " is given twice");
            }
        }
        return values;
    }

    /// What stands in the lines of a file, with commas between them; `#` begins a remark.
    private String ofFile(String name, String value) {
        Path file = Path.of(value.substring(1));
        try {
            if (Files.size(file) > LIST_BYTES_MAX) {
                throw usage(
                        name
                                + "="
                                + Visible.text(value)
                                + ": the file has more than "
                                + LIST_BYTES_MAX
                                + " bytes");
            }
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw usage(
                    name
                            + "="
                            + Visible.text(value)
                            + ": the file cannot be read as text: "
                            + Visible.text(String.valueOf(e.getMessage())));
        }
    }

    private void list(Catalogue catalogue) throws IOException {
        OutputFormat format = running.format();
        if (format == OutputFormat.JSON) {
            print(catalogue.questions().stream().map(QuestionReport::json).toList() + "\n");
        } else if (format == null) {
            print(QuestionReport.list(catalogue));
        } else if (format == OutputFormat.ARROW) {
            throw usage("the format arrow is for the answers of questions");
        } else {
            QuestionReport.print(
                    catalogue,
                    ResultWriter.ofText(format, terminal.out(), terminal.outIsTerminal()));
        }
    }

    private void explain(Question question) throws IOException {
        print(
                running.format() == OutputFormat.JSON
                        ? QuestionReport.json(question) + "\n"
                        : QuestionReport.explain(question));
    }

    /// The store is opened only where a value counts back from its newest record.
    private void printSql(Question question, Map<String, String> values) throws IOException {
        String sql = question.sql(values, () -> newest(question));
        print(sql + "\n");
    }

    private void ask(Catalogue catalogue, Question question, Map<String, String> values)
            throws IOException {
        QueryOptions options = logs.with(running.queryOptions());
        List<Table> lookups = logs.lookups(options.memoryLimitBytes());
        question.sql(values, () -> 0); // a wrong value is told before files are read
        try (OpenedStore opened = logs.open(weir, terminal)) {
            String sql;
            try (Snapshot snapshot = opened.store().snapshot()) {
                Catalog tables = Catalog.of(snapshot).with(lookups);
                new Suitability(catalogue, tables).require(question);
                sql = question.sql(values, () -> newest(snapshot, question));
            }
            long rows =
                    running.run(
                            List.of(sql),
                            new QueryEngine(opened.store(), lookups),
                            options,
                            terminal);
            sayWhetherCut(question, values, rows);
        }
    }

    /// Whoever looks at the answer is told that it may go on.
    private void sayWhetherCut(Question question, Map<String, String> values, long rows) {
        question.parameters().stream()
                .filter(parameter -> parameter.name().equals("limit"))
                .map(parameter -> values.getOrDefault("limit", parameter.defaultText()))
                .filter(limit -> terminal.errIsTerminal() && Long.toString(rows).equals(limit))
                .forEach(limit ->
                        terminal.say("limit=" + limit + " was reached: there may be more rows"));
    }

    private long newest(Question question) {
        try (OpenedStore opened = logs.open(weir, terminal);
                Snapshot snapshot = opened.store().snapshot()) {
            return newest(snapshot, question);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long newest(Snapshot snapshot, Question question) {
        return NewestRecord.of(snapshot, question.needs().table()).getAsLong();
    }

    private void print(String text) throws IOException {
        terminal.out().write(text.getBytes(StandardCharsets.UTF_8));
        terminal.out().flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }
}
