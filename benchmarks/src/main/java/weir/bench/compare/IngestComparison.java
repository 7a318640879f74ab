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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.testkit.record.LogFormat;

/// Collects the same generated logs with Weir and with DuckDB, as whole processes in turn, requires
/// that both hold the same rows, and prints times, their spread, and what the processes used, as
/// Markdown.
///
/// Times are of the wall clock from process start to process end, with the data durable: Weir by
/// its launcher, DuckDB inside a JVM, which costs it about 0.3 s. Ratio is DuckDB's median by
/// Weir's. Each file was read before, so it comes from the system's memory where that is large
/// enough.
public final class IngestComparison {
    /// Records of a small file.
    private static final int SMALL_RECORDS = 20;

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("records", "1000000"),
                    Map.entry("formats", "v2,v5"),
                    Map.entry("packings", "plain,gzip,gzip1"),
                    Map.entry("gzipfiles", "8"),
                    Map.entry("runs", "3"),
                    Map.entry("threads", "0"),
                    Map.entry("duckdb", "yes"),
                    Map.entry("heap", ""),
                    Map.entry("tiny", "0"),
                    Map.entry("steady", "0"),
                    Map.entry("jvm", ""),
                    Map.entry("weir", "weir"),
                    Map.entry("work", ""));

    private final Settings settings;
    private final Path work;
    private final LoadProcess load;
    private final PrintStream out;

    private IngestComparison(Settings settings, Path work, PrintStream out) {
        this.settings = settings;
        this.work = work;
        this.load =
                new LoadProcess(
                        work,
                        settings.path("weir"),
                        settings.text("jvm"),
                        (int) settings.number("threads"));
        this.out = out;
    }

    /// One input: a format, so many records, and how they are packed.
    private record Case(String format, long records, String packing) {
        LogFormat logFormat() {
            return Settings.format(format);
        }

        String words() {
            return format + " " + packing;
        }
    }

    /// `[records=N,...] [formats=v2,v5] [packings=plain,gzip,gzip1] [gzipfiles=N] [runs=N]
    /// [threads=N] [duckdb=yes|no] [heap=SIZE] [tiny=FILES] [steady=TIMES] [jvm=WORDS] [weir=PATH]
    /// [work=DIR]`. Without a `work` folder all is removed at the end; in one the logs stay.
    public static void main(String[] args) throws IOException, InterruptedException {
        run(settings(args), System.out);
    }

    static Settings settings(String... words) {
        return Settings.of(DEFAULTS, words);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        boolean isKept = !settings.text("work").isEmpty();
        Path work = isKept ? settings.path("work") : Files.createTempDirectory("weir-ingest");
        Files.createDirectories(work);
        IngestComparison comparison = new IngestComparison(settings, work, out);
        try {
            comparison.printHeading();
            comparison.compareCases();
            comparison.measureSmallFiles();
            comparison.measureSteadyState();
        } finally {
            WorkFolder.delete(isKept ? comparison.load.store() : work);
            Files.deleteIfExists(comparison.load.database());
        }
    }

    private void printHeading() throws IOException, InterruptedException {
        Path launcher = load.launcher();
        String version =
                Processes.run(List.of(launcher.toString(), "--version"))
                        .out()
                        .lines()
                        .collect(Collectors.joining(", "));
        String threads = settings.text("threads");
        out.println(Machine.words());
        out.println("Weir: " + version + ", revision " + Machine.revision(launcher));
        if (settings.isYes("duckdb")) {
            out.println("DuckDB: " + DuckDbProcess.version());
        }
        out.printf(
                "%s runs of each, in turn; threads: %s%s%n",
                settings.text("runs"),
                threads.equals("0") ? "one for each processor" : threads,
                load.jvm().isEmpty() ? "" : "; Weir's JVM: " + load.jvm());
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String format : settings.texts("formats")) {
            for (String records : settings.texts("records")) {
                for (String packing : settings.texts("packings")) {
                    cases.add(new Case(format, Long.parseLong(records), packing));
                }
            }
        }
        return cases;
    }

    private GeneratedLogs logs(String format, long records) {
        return new GeneratedLogs(
                work.resolve(format + "-" + records), Settings.format(format), records);
    }

    private List<Path> files(Case input) throws IOException {
        GeneratedLogs logs = logs(input.format(), input.records());
        return switch (input.packing()) {
            case "plain" -> List.of(logs.plain());
            case "gzip" -> logs.packed((int) settings.number("gzipfiles"));
            case "gzip1" -> List.of(logs.packed());
            default ->
                    throw new IllegalArgumentException(
                            "a packing is plain, gzip or gzip1, not '" + input.packing() + "'");
        };
    }

    private void compareCases() throws IOException, InterruptedException {
        if (settings.number("runs") == 0) {
            return;
        }
        out.println();
        out.println(
                "| input | records | files | MB of text | Weir s (min-max) | DuckDB s (min-max)"
                        + " | ratio | Weir M records/s | Weir MB/s of text | Weir processor s"
                        + " | DuckDB processor s | Weir peak MB | DuckDB peak MB |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Case input : cases()) {
            compare(input);
        }
    }

    private void compare(Case input) throws IOException, InterruptedException {
        List<Path> files = files(input);
        for (Path file : files) {
            LoadProcess.readOnce(file);
        }
        boolean withDuckDb = settings.isYes("duckdb");
        LoadFigures weir = new LoadFigures();
        LoadFigures duckDb = new LoadFigures();
        for (int run = 0; run < settings.number("runs"); run++) {
            // Who comes first alternates too.
            if (run % 2 == 0) {
                weir.add(load.weir(files, input.records(), ""));
            }
            if (withDuckDb) {
                duckDb.add(load.duckDb(files, input.logFormat().headerLine()));
            }
            if (run % 2 != 0) {
                weir.add(load.weir(files, input.records(), ""));
            }
        }
        if (withDuckDb) {
            ContentCheck.requireSame(input.logFormat(), load.store(), load.database());
        }
        print(input, input.words(), weir, withDuckDb ? duckDb : null);
        if (!settings.text("heap").isEmpty()) {
            LoadFigures small = new LoadFigures();
            String heap = settings.text("heap");
            for (int run = 0; run < settings.number("runs"); run++) {
                small.add(load.weir(files, input.records(), "-Xmx" + heap));
            }
            print(input, input.words() + ", heap " + heap, small, null);
        }
    }

    private void print(Case input, String words, LoadFigures weir, @Nullable LoadFigures duckDb)
            throws IOException {
        long textBytes = Files.size(logs(input.format(), input.records()).plain());
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %d | %,.0f | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                words,
                input.records(),
                files(input).size(),
                textBytes / 1e6,
                weir.secondsText(),
                duckDb == null ? "" : duckDb.secondsText(),
                duckDb == null ? "" : ratio(duckDb, weir),
                weir.millionsPerSecond(input.records(), 2),
                weir.millionsPerSecond(textBytes, 0),
                weir.processorText(),
                duckDb == null ? "" : duckDb.processorText(),
                weir.peakText(),
                duckDb == null ? "" : duckDb.peakText());
    }

    private static String ratio(LoadFigures figures, LoadFigures by) {
        double ratio = figures.seconds().median() / by.seconds().median();
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /// Very many small files, beside the same records in one file.
    private void measureSmallFiles() throws IOException, InterruptedException {
        long files = settings.number("tiny");
        if (files == 0) {
            return;
        }
        out.println();
        out.println(
                "| input | files | records | Weir s (min-max) | M records/s | by one file's"
                        + " | processor s | peak MB |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        long records = files * SMALL_RECORDS;
        Path other = work.resolve("store-of-one-file");
        for (String format : settings.texts("formats")) {
            GeneratedLogs logs = logs(format, records);
            LoadFigures one = collect(logs.plain(), records);
            WorkFolder.delete(other);
            Files.move(load.store(), other);
            LoadFigures many = collect(logs.small(SMALL_RECORDS), records);
            ContentCheck.requireSameStores(Settings.format(format), load.store(), other);
            WorkFolder.delete(other);
            print(format + ", one file", 1, records, one, one);
            print(format + ", small files", files, records, many, one);
        }
    }

    private LoadFigures collect(Path input, long records) throws IOException, InterruptedException {
        LoadProcess.readOnce(input);
        LoadFigures figures = new LoadFigures();
        for (long run = Math.max(1, settings.number("runs")); run > 0; run--) {
            figures.add(load.weir(List.of(input), records, ""));
        }
        return figures;
    }

    private void print(String words, long files, long records, LoadFigures found, LoadFigures one) {
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %s | %s | %s | %s |%n",
                words,
                files,
                records,
                found.secondsText(),
                found.millionsPerSecond(records, 2),
                ratio(one, found),
                found.processorText(),
                found.peakText());
    }

    /// The same input again and again in one process.
    private void measureSteadyState() throws IOException, InterruptedException {
        int times = (int) settings.number("steady");
        if (times == 0) {
            return;
        }
        out.println();
        out.println("| input | records | M records/s of each time in one process | later half |");
        out.println("|---|--:|---|--:|");
        for (Case input : cases()) {
            List<Double> rates = SteadyIngest.run(load, times, files(input));
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %s | %.2f |%n",
                    input.words(),
                    input.records(),
                    rates.stream().map(IngestComparison::millions).collect(Collectors.joining(" ")),
                    Spread.of(rates.subList(times / 2, times)).median() / 1e6);
        }
    }

    private static String millions(double rate) {
        return String.format(Locale.ROOT, "%.2f", rate / 1e6);
    }
}
