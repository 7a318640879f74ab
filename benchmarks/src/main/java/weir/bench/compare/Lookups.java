// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.query.QueryOptions;
import weir.query.exec.TableScan;
import weir.testkit.generate.GeneratorOptions;

/// Searches for few records in many, by Weir in this process, by DuckDB in one warm process for
/// each, and by `weir query` in a new process. Prints Markdown.
///
/// Answers are compared before a time is printed: with those of DuckDB, and with those of Weir when
/// it uses neither indexes nor zones.
public final class Lookups {
    private static final int PROCESS_RUNS = 5;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    /// DuckDB's runs of each statement that do not count.
    private static final int DUCKDB_WARM_UP_RUNS = 3;

    private static final QueryOptions UNPRUNED = QueryOptions.defaults().withPruning(false, false);

    private final FlowData data;
    private final Settings settings;
    private final PrintStream out;
    private final WarmWeir weir;

    private Lookups(FlowData data, Settings settings, PrintStream out, WarmWeir weir) {
        this.data = data;
        this.settings = settings;
        this.out = out;
        this.weir = weir;
    }

    /// `[records=N] [format=v2|v5] [estate=realistic|hard] [seed=N] [runs=N] [duckdb=yes|no]
    /// [fresh=yes|no] [weir=PATH] [work=DIR]`. A `work` folder that holds a store is used as it is
    /// and stays; without one the data are made and removed.
    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings =
                Settings.of(
                        Map.of(
                                "records", "10000000",
                                "format", "v2",
                                "estate", "realistic",
                                "seed", "1",
                                "runs", "15",
                                "duckdb", "yes",
                                "fresh", "yes",
                                "weir", "weir",
                                "work", ""),
                        args);
        run(settings, System.out);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        boolean isKept = !settings.text("work").isEmpty();
        Path work = isKept ? settings.path("work") : Files.createTempDirectory("weir-lookup");
        try {
            FlowData data = new FlowData(work);
            if (!Files.exists(data.store())) {
                GeneratorOptions options =
                        GeneratorOptions.defaults()
                                .withRecords(settings.number("records"))
                                .withFormat(settings.format())
                                .withEstate(settings.estate());
                data.make(options, settings.isYes("duckdb"), false);
            }
            try (Store store = Store.open(data.store())) {
                new Lookups(data, settings, out, new WarmWeir(store)).run();
            }
        } finally {
            if (!isKept) {
                WorkFolder.delete(work);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s records, %,d bytes of store%s; %d processors, JDK %s%n%n",
                "%,d"
                        .formatted(
                                Long.parseLong(
                                        weir.rows("SELECT count(*) FROM vpc_flow_logs")
                                                .getFirst())),
                WorkFolder.size(data.store().toRealPath()),
                data.hasDatabase()
                        ? String.format(
                                Locale.ROOT,
                                ", %,d of DuckDB's database",
                                Files.size(data.database()))
                        : "",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        boolean hasVpc =
                weir.rows("SHOW COLUMNS FROM vpc_flow_logs LIKE 'vpc_id'").stream()
                        .anyMatch(row -> !row.contains("hidden"));
        List<Lookup> lookups = Lookup.of(weir::rows, settings.number("seed"), hasVpc);
        for (long run = 2 * settings.number("runs"); run > 0; run--) {
            for (Lookup lookup : lookups) {
                weir.run(lookup.sql());
            }
        }
        out.println(
                "| lookup | rows | Weir ms | DuckDB ms | ratio | new process, ms: first run, later"
                        + " | segments read | blocks read | bytes touched |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        List<DuckDbProcess.Answer> duckDb = data.hasDatabase() ? askDuckDb(lookups) : List.of();
        for (int i = 0; i < lookups.size(); i++) {
            print(lookups.get(i), duckDb.isEmpty() ? null : duckDb.get(i));
        }
    }

    /// @param duckDb null when it was not asked
    private void print(Lookup lookup, DuckDbProcess.@Nullable Answer duckDb)
            throws IOException, InterruptedException {
        List<String> answer = weir.rows(lookup.sql());
        require(lookup, "without indexes and zones", answer, weir.rows(lookup.sql(), UNPRUNED));
        if (duckDb != null) {
            require(lookup, "DuckDB", answer, duckDb.rows());
        }
        List<Double> times = new ArrayList<>();
        WarmWeir.Run last = weir.run(lookup.sql());
        for (long run = settings.number("runs"); run > 0; run--) {
            last = weir.run(lookup.sql());
            times.add(last.millis());
        }
        TableScan scan = last.scan();
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %,d of %,d | %,d of %,d | %,d |%n",
                lookup.name(),
                scan.metrics().rowsPassed.sum(),
                Spread.of(times).text(1),
                duckDb == null ? " | " : beside(times, duckDb.millis()),
                settings.isYes("fresh") ? inNewProcess(lookup, answer) : "",
                scan.segments().read(),
                scan.segments().inAll(),
                scan.blocks().read(),
                scan.blocks().inAll(),
                scan.metrics().bytesRead.sum());
    }

    /// DuckDB's times and their ratio to Weir's.
    private static String beside(List<Double> weir, List<Double> all) {
        List<Double> times = all.subList(DUCKDB_WARM_UP_RUNS, all.size());
        double ratio = Spread.ratio(times, weir);
        return Spread.of(times).text(1) + String.format(Locale.ROOT, " | %.1f", ratio);
    }

    private String inNewProcess(Lookup lookup, List<String> answer)
            throws IOException, InterruptedException {
        Processes.Finished finished =
                Processes.run(
                        List.of(
                                settings.path("weir").toString(),
                                "query",
                                "--store",
                                data.store().toString(),
                                "--format",
                                "tsv",
                                "--repeat",
                                Integer.toString(PROCESS_RUNS),
                                "--timing",
                                lookup.sql()));
        require(lookup, "a new process", answer, finished.out().lines().skip(1).toList());
        List<Double> times = timings(finished);
        return String.format(
                Locale.ROOT,
                "%.0f, %.1f",
                times.getFirst(),
                Spread.of(times.subList(1, times.size())).median());
    }

    /// The milliseconds of the runs of one statement, as `weir query --timing` tells them.
    private static List<Double> timings(Processes.Finished weir) {
        String timing =
                weir.err().lines().filter(line -> line.contains("runs_ms")).findFirst().orElse("");
        List<Double> numbers = new ArrayList<>();
        String times = timing.substring(timing.indexOf('[') + 1);
        for (Matcher number = NUMBER.matcher(times); number.find(); ) {
            numbers.add(Double.parseDouble(number.group()));
        }
        return numbers;
    }

    private List<DuckDbProcess.Answer> askDuckDb(List<Lookup> lookups)
            throws IOException, InterruptedException {
        return DuckDbProcess.answers(
                data.database(),
                (int) settings.number("runs") + DUCKDB_WARM_UP_RUNS,
                lookups.stream().map(Lookup::duckDb).toList());
    }

    private static void require(
            Lookup lookup, String where, List<String> answer, List<String> other) {
        Answers.require(lookup.name(), answer.stream(), where, other.stream());
    }
}
