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
import weir.bench.compare.Processes.Finished;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// Loads the same generated log into Weir and into DuckDB, in turn, as whole processes; asks both
/// the same questions; compares the answers; prints times, spread and ratios.
///
/// The figures of a load are of the wall clock from process start to process end (DuckDB inside a
/// JVM, which costs it about 0.3 s), with the data durable. Those of a query are inside one warm
/// process each, the first run left out. Ratio is DuckDB's median by Weir's.
public final class Comparison {
    /// One question, in words that mean the same to both.
    record Question(String name, String sql) {}

    /// The everyday questions over fields of the default format. Texts that are absent are `-` in
    /// Weir and NULL in DuckDB, and compare as equal.
    static final List<Question> QUESTIONS =
            List.of(
                    new Question(
                            "by log_status",
                            "SELECT log_status, count(*) AS n, sum(bytes) AS b FROM vpc_flow_logs"
                                    + " GROUP BY log_status ORDER BY log_status"),
                    new Question(
                            "top talkers",
                            "SELECT srcaddr, sum(bytes) AS b FROM vpc_flow_logs"
                                    + " WHERE log_status = 'OK' GROUP BY srcaddr"
                                    + " ORDER BY b DESC, srcaddr LIMIT 10"),
                    new Question(
                            "rejected ports",
                            "SELECT dstport, count(*) AS n FROM vpc_flow_logs"
                                    + " WHERE action = 'REJECT' GROUP BY dstport"
                                    + " ORDER BY n DESC, dstport LIMIT 20"),
                    new Question(
                            "scanners",
                            "SELECT srcaddr, count(DISTINCT dstport) AS p,"
                                    + " count(DISTINCT dstaddr) AS h FROM vpc_flow_logs"
                                    + " WHERE action = 'REJECT' GROUP BY srcaddr"
                                    + " ORDER BY p DESC, srcaddr LIMIT 10"),
                    new Question(
                            "per minute",
                            "SELECT start - start % 60 AS m, count(*) AS n, sum(bytes) AS b,"
                                    + " sum(packets) AS p FROM vpc_flow_logs"
                                    + " GROUP BY start - start % 60 ORDER BY m LIMIT 2000"),
                    new Question(
                            "distinct triples",
                            "SELECT count(*) AS n FROM (SELECT DISTINCT srcaddr, dstaddr, dstport"
                                    + " FROM vpc_flow_logs WHERE log_status = 'OK') AS t"),
                    new Question(
                            "one port",
                            "SELECT count(*) AS n, sum(bytes) AS b FROM vpc_flow_logs"
                                    + " WHERE dstport = 22"));

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final long records;
    private final LogFormat format;
    private final int runs;
    private final Path launcher;
    private final Path work;
    private final PrintStream out;

    private Comparison(
            long records, LogFormat format, int runs, Path launcher, Path work, PrintStream out) {
        this.records = records;
        this.format = format;
        this.runs = runs;
        this.launcher = launcher;
        this.work = work;
        this.out = out;
    }

    /// `[records=N] [format=v2|v5] [runs=N] [weir=PATH]`: the defaults are a million default-format
    /// records, three runs, and the launcher `weir` of the directory it is started in.
    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings =
                Settings.of(
                        Map.of("records", "1000000", "format", "v2", "runs", "3", "weir", "weir"),
                        args);
        run(
                settings.number("records"),
                settings.format(),
                (int) settings.number("runs"),
                settings.path("weir"),
                System.out);
    }

    static void run(long records, LogFormat format, int runs, Path launcher, PrintStream out)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("weir-comparison");
        try {
            new Comparison(records, format, runs, launcher, work, out).run();
        } finally {
            WorkFolder.delete(work);
        }
    }

    private void run() throws IOException, InterruptedException {
        Path log = work.resolve("flows.log");
        FlowLogGenerator.writeFile(
                GeneratorOptions.defaults().withRecords(records).withFormat(format), log);
        out.printf(
                Locale.ROOT,
                "%,d records, %d fields, %,d bytes; %d processors, JDK %s, %s%n",
                records,
                format.fields().size(),
                Files.size(log),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                "DuckDB " + DuckDbProcess.version());
        out.printf(
                "%-18s %22s %22s %7s%n", "", "Weir ms (min-max)", "DuckDB ms (min-max)", "ratio");
        compareLoads(log);
        out.printf(
                Locale.ROOT,
                "%-18s %22.2f %22.2f %7.2f%n",
                "bytes a record",
                (double) WorkFolder.size(work.resolve("store")) / records,
                (double) Files.size(work.resolve("flows.duckdb")) / records,
                (double) Files.size(work.resolve("flows.duckdb"))
                        / WorkFolder.size(work.resolve("store")));
        compareQuestions();
    }

    private void compareLoads(Path log) throws IOException, InterruptedException {
        List<Double> weir = new ArrayList<>();
        List<Double> duckDb = new ArrayList<>();
        Path store = work.resolve("store");
        Path database = work.resolve("flows.duckdb");
        String fields = format.headerLine();
        for (int run = 0; run < runs; run++) {
            WorkFolder.delete(store);
            Files.deleteIfExists(database);
            weir.add(1e3 * weir("ingest", log.toString()).seconds());
            duckDb.add(1e3 * DuckDbProcess.load(database, fields, List.of(log)).seconds());
        }
        check(
                new Question(
                        "load",
                        "SELECT count(*), sum(bytes), sum(packets), min(start), max(\"end\")"
                                + " FROM vpc_flow_logs"));
        print("load", weir, duckDb);
    }

    private void compareQuestions() throws IOException, InterruptedException {
        double logOfRatios = 0;
        for (Question question : QUESTIONS) {
            Times times = check(question);
            print(question.name(), times.weir(), times.duckDb());
            logOfRatios += Math.log(Spread.ratio(times.duckDb(), times.weir()));
        }
        out.printf(
                Locale.ROOT,
                "%-18s %53.2f%n",
                "geometric mean",
                Math.exp(logOfRatios / QUESTIONS.size()));
    }

    private record Times(List<Double> weir, List<Double> duckDb) {}

    /// Asks both, compares the rows, and gives the times of the runs behind the first.
    private Times check(Question question) throws IOException, InterruptedException {
        String repeats = Integer.toString(runs + 3);
        Finished weir =
                weir("query", "--format", "tsv", "--repeat", repeats, "--timing", question.sql());
        DuckDbProcess.Answer duckDb =
                DuckDbProcess.answers(
                                work.resolve("flows.duckdb"), runs + 3, List.of(question.sql()))
                        .getFirst();
        Answers.require(
                question.name(), weir.out().lines().skip(1), "DuckDB", duckDb.rows().stream());
        return new Times(behindFirst(timings(weir)), behindFirst(duckDb.millis()));
    }

    /// The milliseconds of the runs of one statement, as `weir query --timing` tells them.
    static List<Double> timings(Finished weir) {
        String timing =
                weir.err().lines().filter(line -> line.contains("runs_ms")).findFirst().orElse("");
        return numbers(timing.substring(timing.indexOf('[') + 1));
    }

    /// Without the first, which is of a cold run.
    private static List<Double> behindFirst(List<Double> times) {
        return times.subList(1, times.size());
    }

    static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        for (Matcher number = NUMBER.matcher(text); number.find(); ) {
            numbers.add(Double.parseDouble(number.group()));
        }
        return numbers;
    }

    private Finished weir(String command, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString(), command));
        line.addAll(List.of("--store", work.resolve("store").toString()));
        line.addAll(List.of(arguments));
        return Processes.run(line);
    }

    private void print(String name, List<Double> weir, List<Double> duckDb) {
        out.printf(
                Locale.ROOT,
                "%-18s %22s %22s %7.2f%n",
                name,
                Spread.of(weir).text(1),
                Spread.of(duckDb).text(1),
                Spread.ratio(duckDb, weir));
    }
}
