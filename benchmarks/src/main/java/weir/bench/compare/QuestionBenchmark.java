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
import weir.bench.chart.RatioChart;
import weir.engine.Store;
import weir.testkit.generate.GeneratorOptions;

/// Asks Weir and DuckDB, in turn, what people ask of flow logs, over the same generated records;
/// requires that the answers agree, and prints times, ratios and their geometric mean as Markdown.
///
/// Both are warm: Weir in this process, DuckDB in one of its own, each asked `warm` times before it
/// counts, and Weir until `warmup` milliseconds have gone. Ratio is DuckDB's median by Weir's.
public final class QuestionBenchmark {
    private final Settings settings;
    private final PrintStream out;

    private QuestionBenchmark(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /// `[v2=RECORDS] [v5=RECORDS] [runs=N] [warm=N] [warmup=MILLIS] [only=WORDS] [work=DIR]
    /// [chart=FILE.svg]`. No records leave a format out; `only` asks the questions whose name holds
    /// these words; what is in a `work` folder is used as it is and stays.
    public static void main(String[] args) throws IOException, InterruptedException {
        run(settings(args), System.out);
    }

    static Settings settings(String... words) {
        return Settings.of(
                Map.of(
                        "v2", "10000000",
                        "v5", "4000000",
                        "runs", "7",
                        "warm", "5",
                        "warmup", "2000",
                        "only", "",
                        "work", "",
                        "chart", ""),
                words);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        boolean isKept = !settings.text("work").isEmpty();
        Path work = isKept ? settings.path("work") : Files.createTempDirectory("weir-questions");
        try {
            new QuestionBenchmark(settings, out).run(work);
        } finally {
            if (!isKept) {
                WorkFolder.delete(work);
            }
        }
    }

    private void run(Path work) throws IOException, InterruptedException {
        out.println(Machine.words());
        out.printf(
                "DuckDB %s; %d runs of each behind %d that do not count, of Weir for at least %d"
                        + " ms%n",
                DuckDbProcess.version(),
                settings.number("runs"),
                settings.number("warm"),
                settings.number("warmup"));
        List<RatioChart.Ratio> ratios = new ArrayList<>();
        for (String format : List.of("v2", "v5")) {
            long records = settings.number(format);
            if (records > 0) {
                FlowData data = new FlowData(work.resolve(format + "-" + records));
                if (!Files.exists(data.store())) {
                    data.make(
                            GeneratorOptions.defaults()
                                    .withRecords(records)
                                    .withFormat(Settings.format(format)),
                            true,
                            false);
                }
                out.printf(Locale.ROOT, "%n%,d records of %s:%n%n", records, format);
                ratios.addAll(compare(format, data));
            }
        }
        out.printf(
                Locale.ROOT,
                "%n%d questions, geometric mean of the ratios %.2f, least %.2f; DuckDB is faster on"
                        + " %d.%n",
                ratios.size(),
                mean(ratios),
                ratios.stream().mapToDouble(RatioChart.Ratio::value).min().orElse(0),
                ratios.stream().filter(ratio -> ratio.value() < 1).count());
        if (!settings.text("chart").isEmpty()) {
            String title =
                    String.format(
                            Locale.ROOT,
                            "Time of DuckDB %s by time of Weir, both warm; geometric mean %.1f",
                            DuckDbProcess.version(),
                            mean(ratios));
            RatioChart.write(title, ratios, settings.path("chart"));
        }
    }

    private static double mean(List<RatioChart.Ratio> ratios) {
        return Math.exp(ratios.stream().mapToDouble(r -> Math.log(r.value())).average().orElse(0));
    }

    private List<RatioChart.Ratio> compare(String format, FlowData data) throws IOException {
        List<RatioChart.Ratio> ratios = new ArrayList<>();
        out.println("| question | rows | Weir ms (min-max) | DuckDB ms (min-max) | ratio |");
        out.println("|---|--:|--:|--:|--:|");
        try (Store store = Store.open(data.store());
                DuckDbSession duckDb = new DuckDbSession(data.database())) {
            WarmWeir weir = new WarmWeir(store);
            for (Question question : Question.of(format, chosen(weir))) {
                if (question.name().contains(settings.text("only"))) {
                    double ratio = compare(question, weir, duckDb);
                    ratios.add(new RatioChart.Ratio(question.name(), ratio));
                }
            }
        }
        return ratios;
    }

    private double compare(Question question, WarmWeir weir, DuckDbSession duckDb)
            throws IOException {
        int warm = (int) settings.number("warm");
        int runs = (int) settings.number("runs");
        DuckDbProcess.Answer answer = duckDb.ask(question.duckDb(), warm + runs);
        List<String> rows = weir.rows(question.sql());
        Answers.require(question.name(), rows.stream(), "DuckDB", answer.rows().stream());
        List<Double> times = new ArrayList<>();
        warm(question, weir);
        for (int run = 0; run < runs; run++) {
            times.add(weir.millis(question.sql()));
        }
        List<Double> duckDbTimes = answer.millis().subList(warm, warm + runs);
        double ratio = Spread.ratio(duckDbTimes, times);
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %.2f |%n",
                question.name(),
                rows.size(),
                Spread.of(times).text(1),
                Spread.of(duckDbTimes).text(1),
                ratio);
        return ratio;
    }

    /// A JVM compiles while it runs: asks `warm` times, and until `warmup` milliseconds have gone.
    private void warm(Question question, WarmWeir weir) {
        double left = settings.number("warmup");
        for (int run = 0; run < settings.number("warm") || left > 0; run++) {
            left -= weir.millis(question.sql());
        }
    }

    /// What the words in braces stand for: addresses and an interface that are neither rare nor
    /// frequent, and a sixth of the time in its middle.
    private static Map<String, String> chosen(WarmWeir weir) {
        String[] ends =
                weir.rows("SELECT min(start), max(start) FROM vpc_flow_logs")
                        .getFirst()
                        .split("\t", -1);
        long from = Long.parseLong(ends[0]);
        long length = Long.parseLong(ends[1]) - from;
        List<String> addresses = values(weir, "srcaddr");
        List<String> interfaces = values(weir, "interface_id");
        return Map.of(
                "address", addresses.get(addresses.size() / 20),
                "other", addresses.get(addresses.size() / 4),
                "interface", interfaces.get(interfaces.size() / 2),
                "from", Long.toString(from + length / 2),
                "to", Long.toString(from + length / 2 + length / 6));
    }

    /// The values of a column, the most frequent first.
    private static List<String> values(WarmWeir weir, String column) {
        return weir.rows(
                """
                SELECT %1$s FROM vpc_flow_logs WHERE log_status = 'OK'
                GROUP BY %1$s ORDER BY count(*) DESC, %1$s\
                """
                        .formatted(column));
    }
}
