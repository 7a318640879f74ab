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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.testkit.generate.HostileContent;
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
                    Map.entry("contents", ""),
                    Map.entry("jvm", ""),
                    Map.entry("weir", "weir"),
                    Map.entry("work", ""));

    private final Settings settings;
    private final List<Case> cases;
    private final Path work;
    private final LoadProcess load;
    private final PrintStream out;

    private IngestComparison(Settings settings, List<Case> cases, Path work, PrintStream out) {
        this.settings = settings;
        this.cases = cases;
        this.work = work;
        this.load =
                new LoadProcess(
                        work.resolve("ingest-loaded"),
                        settings.path("weir"),
                        settings.text("jvm"),
                        (int) settings.number("threads"));
        this.out = out;
    }

    private enum Packing {
        PLAIN,
        GZIP,
        GZIP1;

        static Packing of(String word) {
            return Stream.of(values())
                    .filter(packing -> packing.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "a packing is plain, gzip or gzip1, not '" + word + "'"));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One input: a format, so many records, and how they are packed.
    private record Case(String format, long records, Packing packing) {
        LogFormat logFormat() {
            return Settings.format(format);
        }

        String words() {
            return format + " " + packing.word();
        }
    }

    /// `[records=N,...] [formats=v2,v5] [packings=plain,gzip,gzip1] [gzipfiles=N] [runs=N]
    /// [threads=N] [duckdb=yes|no] [heap=SIZE] [tiny=FILES] [steady=TIMES] [contents=NAME,...|all]
    /// [jvm=WORDS] [weir=PATH] [work=DIR]`. Without a `work` folder all is removed at the end; in
    /// one the logs stay, and only its folder `ingest-loaded` is removed.
    ///
    /// @throws IllegalArgumentException when a setting has no such value, before anything is made
    /// @throws IllegalStateException when a process fails, or what was loaded is not the same
    public static void main(String[] args) throws IOException, InterruptedException {
        run(settings(args), System.out);
    }

    static Settings settings(String... words) {
        return Settings.of(DEFAULTS, words);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        checkValues(settings);
        List<Case> cases = cases(settings);
        boolean isKept = !settings.text("work").isEmpty();
        Path work = isKept ? settings.path("work") : Files.createTempDirectory("weir-ingest");
        IngestComparison comparison = new IngestComparison(settings, cases, work, out);
        Path loaded = comparison.load.work();
        WorkFolder.delete(loaded); // of a run that was broken off
        Files.createDirectories(loaded);
        try {
            comparison.printHeading();
            comparison.compareCases();
            comparison.measureSmallFiles();
            comparison.measureSteadyState();
            comparison.measureContents();
        } finally {
            WorkFolder.delete(isKept ? loaded : work);
        }
    }

    /// What is wrong is told now, not after the cases before it.
    private static void checkValues(Settings settings) {
        settings.isYes("duckdb");
        settings.texts("formats").forEach(Settings::format);
        settings.texts("packings").forEach(Packing::of);
        contents(settings);
        List.of("gzipfiles", "runs", "threads", "tiny", "steady").forEach(settings::number);
    }

    private void printHeading() throws IOException, InterruptedException {
        String threads = settings.text("threads");
        out.println(Machine.words());
        String revision = Machine.revision(load.launcher());
        out.println("Weir: " + load.weirVersion() + ", revision " + revision);
        if (settings.isYes("duckdb")) {
            out.println("DuckDB: " + DuckDbProcess.version());
        }
        out.printf(
                "%s runs of each, in turn; threads: %s%s%n",
                settings.text("runs"),
                threads.equals("0") ? "one for each processor" : threads,
                load.jvm().isEmpty() ? "" : "; Weir's JVM: " + load.jvm());
    }

    private static List<Case> cases(Settings settings) {
        List<Case> cases = new ArrayList<>();
        for (String format : settings.texts("formats")) {
            for (String records : settings.texts("records")) {
                for (String packing : settings.texts("packings")) {
                    long count = Long.parseLong(records);
                    cases.add(new Case(format, count, Packing.of(packing)));
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
            case PLAIN -> List.of(logs.plain());
            case GZIP -> logs.packed((int) settings.number("gzipfiles"));
            case GZIP1 -> List.of(logs.packed());
        };
    }

    private void compareCases() throws IOException, InterruptedException {
        if (settings.number("runs") == 0 || cases.isEmpty()) {
            return;
        }
        out.println();
        out.println(
                "| input | records | files | MB of text | Weir s (min-max) | DuckDB s (min-max)"
                        + " | ratio | Weir M records/s | Weir MB/s of text | Weir processor s"
                        + " | DuckDB processor s | Weir peak MB | DuckDB peak MB |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Case input : cases) {
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
        requireSame(input);
        print(input, input.words(), weir, withDuckDb ? duckDb : null);
        if (!settings.text("heap").isEmpty()) {
            LoadFigures small = new LoadFigures();
            String heap = settings.text("heap");
            for (int run = 0; run < settings.number("runs"); run++) {
                small.add(load.weir(files, input.records(), "-Xmx" + heap));
            }
            requireSame(input);
            print(input, input.words() + ", heap " + heap, small, null);
        }
    }

    /// That the last store holds what DuckDB's last database does, where there is one.
    private void requireSame(Case input) throws IOException, InterruptedException {
        if (settings.isYes("duckdb")) {
            ContentCheck.requireSame(input.logFormat(), load.store(), load.database());
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

    /// Very many small files, and the same records in one file, in turn.
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
        Path other = load.work().resolve("store-of-one-file");
        for (String format : settings.texts("formats")) {
            Path file = logs(format, records).plain();
            Path folder = logs(format, records).small(SMALL_RECORDS);
            LoadProcess.readOnce(file);
            LoadProcess.readOnce(folder);
            LoadFigures one = new LoadFigures();
            LoadFigures many = new LoadFigures();
            for (long run = Math.max(1, settings.number("runs")); run > 0; run--) {
                one.add(load.weir(List.of(file), records, ""));
                WorkFolder.delete(other);
                Files.move(load.store(), other);
                many.add(load.weir(List.of(folder), records, ""));
            }
            ContentCheck.requireSameStores(Settings.format(format), load.store(), other);
            WorkFolder.delete(other);
            print(format + ", one file", 1, records, one, one);
            print(format + ", small files", files, records, many, one);
        }
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
        if (times == 0 || cases.isEmpty()) {
            return;
        }
        out.println();
        out.println("| input | records | M records/s of each time in one process | later half |");
        out.println("|---|--:|---|--:|");
        for (Case input : cases) {
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

    private static List<HostileContent> contents(Settings settings) {
        return settings.text("contents").equals("all")
                ? List.of(HostileContent.values())
                : settings.texts("contents").stream().map(HostileContent::of).toList();
    }

    private void measureContents() throws IOException, InterruptedException {
        List<HostileContent> contents = contents(settings);
        if (contents.isEmpty()) {
            return;
        }
        int runs = (int) Math.max(1, settings.number("runs"));
        String heap = settings.text("heap");
        for (String records : settings.texts("records")) {
            Path ordinary = logs("v2", Long.parseLong(records)).plain();
            new ContentTable(load, heap.isEmpty() ? "" : "-Xmx" + heap, runs, out)
                    .print(ordinary, Long.parseLong(records), contents);
        }
    }

    private static String millions(double rate) {
        return String.format(Locale.ROOT, "%.2f", rate / 1e6);
    }
}
