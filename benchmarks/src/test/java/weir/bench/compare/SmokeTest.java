// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// The benchmarks run, and their answers agree, over few records.
class SmokeTest {
    @TempDir Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    /// A command that runs the command line of this class path.
    private Path launcher() throws IOException {
        Path launcher = directory.resolve("weir");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '%s' $WEIR_JAVA_OPTS -cp '%s' weir.cli.Main \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")));
        assertTrue(launcher.toFile().setExecutable(true));
        return launcher;
    }

    private List<List<String>> cells() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| ", -1)))
                .toList();
    }

    @Test
    void recordsAreAppendedAtARateAndFound() throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of(
                        "rate", "20000",
                        "seconds", "1",
                        "warm", "0",
                        "format", "v5",
                        "freshness", "100",
                        "sync", "20",
                        "work", directory.resolve("live").toString());
        LiveBenchmark.run(Settings.of(settings), out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("20,000 records of v5 in "), text);
        assertEquals(4, cells().size(), text);
        assertTrue(Double.parseDouble(cells().get(2).get(1)) > 0, text);
        assertTrue(Double.parseDouble(cells().get(3).get(1)) > 0, text);
    }

    @Test
    void lookupsAgreeAndPrintTheirTimes() throws IOException, InterruptedException {
        Path work = directory.resolve("work");
        Map<String, String> settings =
                Map.of(
                        "records", "4000",
                        "format", "v5",
                        "estate", "realistic",
                        "seed", "3",
                        "runs", "1",
                        "duckdb", "yes",
                        "fresh", "no",
                        "weir", launcher().toString(),
                        "work", work.toString());
        Lookups.run(Settings.of(settings), out);
        List<List<String>> cells = cells();
        assertTrue(cells.size() > 15, printed.toString(StandardCharsets.UTF_8));
        assertTrue(cells.stream().anyMatch(line -> line.getFirst().startsWith("VPC vpc-")));
        for (List<String> line : cells.subList(2, cells.size())) {
            assertEquals(9, line.size(), line.toString());
            assertTrue(line.get(2).matches("[0-9.]+ \\([0-9.]+-[0-9.]+\\)"), line.toString());
            assertTrue(line.get(4).matches("[0-9]+\\.[0-9]"), line.toString());
        }
        assertTrue(Files.exists(work.resolve("store")), "a named folder stays");
    }

    @Test
    void questionsAgreeAndPrintTheirTimes() throws Exception {
        Path work = directory.resolve("work");
        Path chart = directory.resolve("chart.svg");
        QuestionBenchmark.run(
                QuestionBenchmark.settings(
                        "v2=20000",
                        "v5=20000",
                        "runs=1",
                        "warm=0",
                        "warmup=0",
                        "work=" + work,
                        "chart=" + chart),
                out);
        String text = printed.toString(StandardCharsets.UTF_8);
        List<List<String>> lines =
                cells().stream().filter(line -> line.getLast().matches("[0-9.]+")).toList();
        assertTrue(lines.size() >= 55, text);
        long answered = lines.stream().filter(line -> !line.get(1).equals("0")).count();
        assertTrue(answered >= lines.size() - 4, text);
        assertTrue(
                text.contains("\n" + lines.size() + " questions, geometric mean of the ratios "),
                text);
        assertTrue(Files.exists(work.resolve("v2-20000/store")), "a named folder stays");
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
        String drawn = builder.parse(chart.toFile()).getDocumentElement().getTextContent();
        for (List<String> line : lines) {
            assertTrue(drawn.contains(line.getFirst()), line.getFirst());
        }
    }

    /// The lines of the table whose heading begins with these cells, the heading left out.
    private List<List<String>> table(String... heading) {
        return cells().stream()
                .dropWhile(line ->
                        !line.subList(0, Math.min(heading.length, line.size()))
                                .equals(List.of(heading)))
                .skip(2)
                .takeWhile(line -> !line.getFirst().equals("input"))
                .toList();
    }

    @Test
    void ingestIsComparedByPackingFormatAndHeap() throws IOException, InterruptedException {
        Path work = directory.resolve("work");
        Files.createDirectories(work.resolve("store"));
        Files.createFile(work.resolve("flows.duckdb"));
        IngestComparison.run(
                IngestComparison.settings(
                        "records=3000",
                        "gzipfiles=3",
                        "runs=1",
                        "heap=256m",
                        "formats=v5",
                        "tiny=0",
                        "weir=" + launcher(),
                        "work=" + work),
                out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\nDuckDB: v"), text);
        assertTrue(
                text.matches("(?s).*\nWeir: weir \\S+ \\(Java 25.*, inflater: [a-z]+, .*"), text);
        List<List<String>> lines = table("input", "records", "files");
        assertEquals(
                List.of(
                        "v5 plain",
                        "v5 plain, heap 256m",
                        "v5 gzip",
                        "v5 gzip, heap 256m",
                        "v5 gzip1",
                        "v5 gzip1, heap 256m"),
                lines.stream().map(List::getFirst).toList());
        assertEquals(
                List.of("1", "1", "3", "3", "1", "1"), lines.stream().map(l -> l.get(2)).toList());
        for (List<String> line : lines) {
            assertEquals(13, line.size(), line.toString());
            assertTrue(line.get(4).matches("[0-9.]+ \\([0-9.]+-[0-9.]+\\)"), line.toString());
            assertEquals(line.getFirst().contains("heap"), line.get(6).isEmpty());
            if (Files.exists(Path.of("/proc/self/status"))) {
                assertTrue(Double.parseDouble(line.get(9)) > 0.1, line.toString());
                assertTrue(Double.parseDouble(line.get(11)) > 20, line.toString());
            }
        }
        try (var files = Files.list(work)) {
            assertEquals(
                    List.of("flows.duckdb", "store", "v5-3000"),
                    files.map(file -> file.getFileName().toString()).sorted().toList(),
                    "the logs stay, and what others left there");
        }
    }

    @Test
    void smallFilesAndTheSteadyStateAreMeasuredWithoutDuckDb()
            throws IOException, InterruptedException {
        IngestComparison.run(
                IngestComparison.settings(
                        "records=2000",
                        "formats=v2",
                        "packings=gzip",
                        "gzipfiles=2",
                        "runs=1",
                        "duckdb=no",
                        "threads=1",
                        "tiny=150",
                        "steady=3",
                        "jvm=-Xmx300m -Dweir.inflater=jdk",
                        "weir=" + launcher()),
                out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(", inflater: jdk, revision "), text);
        assertTrue(text.contains("; Weir's JVM: -Xmx300m -Dweir.inflater=jdk\n"), text);
        List<List<String>> files = table("input", "files", "records");
        assertEquals(List.of("v2, one file", "1", "3,000"), files.getFirst().subList(0, 3));
        assertEquals(List.of("v2, small files", "150", "3,000"), files.get(1).subList(0, 3));
        List<String> steady =
                table("input", "records", "M records/s of each time in one process").getFirst();
        assertEquals(List.of("v2 gzip", "2,000"), steady.subList(0, 2));
        assertEquals(3, steady.get(2).split(" ").length);
        assertTrue(steady.get(3).matches("[0-9]+\\.[0-9]{2}"), steady.toString());
    }

    @Test
    void hostileContentsAreMeasuredBesideTheOrdinaryOne() throws IOException, InterruptedException {
        IngestComparison.run(
                IngestComparison.settings(
                        "records=2000",
                        "runs=1",
                        "packings=",
                        "duckdb=no",
                        "heap=300m",
                        "contents=every-line-bad,gzip-dense",
                        "weir=" + launcher()),
                out);
        List<List<String>> lines = table("content, -Xmx300m", "MB of text read");
        assertEquals(
                List.of("ordinary", "every-line-bad", "gzip-dense"),
                lines.stream().map(List::getFirst).toList());
        assertEquals(
                List.of("2,000 0", "0 2,000", "1 1"),
                lines.stream().map(line -> line.get(2) + " " + line.get(3)).toList());
        for (List<String> line : lines) {
            assertEquals(10, line.size(), line.toString());
            assertTrue(line.get(4).matches("[0-9.]+ \\([0-9.]+-[0-9.]+\\)"), line.toString());
        }
        assertEquals("1.00", lines.getFirst().get(7));
    }

    @Test
    void aDifferenceInContentIsTold() throws IOException, InterruptedException {
        LogFormat format = LogFormat.V5;
        FlowData data = new FlowData(directory.resolve("data"));
        GeneratorOptions options =
                GeneratorOptions.defaults().withRecords(2_000).withFormat(format);
        data.make(options, true, false);
        ContentCheck.requireSame(format, data.store(), data.database());
        Path more = new GeneratedLogs(directory.resolve("more"), format, 1).plain();
        DuckDbProcess.load(data.database(), format.headerLine(), List.of(more));
        String message =
                assertThrows(
                                IllegalStateException.class,
                                () ->
                                        ContentCheck.requireSame(
                                                format, data.store(), data.database()))
                        .getMessage();
        assertTrue(message.startsWith("SELECT count(*), sum(packets)"), message);
        assertTrue(message.contains("[2000\t") && message.contains("[2001\t"), message);
    }

    @Test
    void spreadIsMedianLeastAndMost() {
        assertEquals("2.50 (1.00-9.00)", Spread.of(List.of(9.0, 2.0, 3.0, 1.0)).text(2));
        assertEquals("3 (1-9)", Spread.of(List.of(9.0, 3.0, 1.0)).text(0));
        assertEquals(2.0, Spread.ratio(List.of(6.0), List.of(3.0)));
    }

    @Test
    void sizesAreListedByColumn() throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("records", "3000", "cases", "v2", "weir", launcher().toString());
        Sizes.run(Settings.of(settings), out);
        List<List<String>> cells = cells();
        assertEquals("v2", cells.get(2).getFirst());
        assertTrue(Double.parseDouble(cells.get(2).get(2)) > 100, cells.get(2).toString());
        assertTrue(
                cells.stream()
                        .anyMatch(line -> line.getFirst().equals("bytes") && line.size() == 5));
    }

    @Test
    void logsAreCutAtLines() throws IOException {
        List<String> taken = new ArrayList<>();
        byte[] text = "1\n22\n333\n4444\n55555\n".getBytes(StandardCharsets.US_ASCII);
        try (SplitLog log =
                new SplitLog(
                        directory,
                        "header",
                        2,
                        file -> taken.add(file.getFileName() + ":" + Files.readString(file)))) {
            log.write(text, 0, 4);
            log.write(text, 4, text.length - 4);
        }
        assertEquals(
                List.of(
                        "flows-0.log:header\n1\n22\n",
                        "flows-1.log:header\n333\n4444\n",
                        "flows-2.log:header\n55555\n"),
                taken);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count(), "only one file at a time takes up room");
        }
    }

    private String refusal(String... words) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> IngestComparison.run(IngestComparison.settings(words), out))
                .getMessage();
    }

    @Test
    void mistypedValuesAreToldBeforeAnythingIsMade() {
        String work = "work=" + directory.resolve("work");
        assertEquals("format is one of [v2, v5], not 'v3'", refusal(work, "formats=v2,v3"));
        assertEquals("duckdb is one of [no, yes], not 'true'", refusal(work, "duckdb=true"));
        assertEquals(
                "a packing is plain, gzip or gzip1, not 'zip'",
                refusal(work, "packings=plain,zip"));
        assertTrue(refusal(work, "contents=bomb").endsWith(" gzip-dense], not 'bomb'"));
        assertEquals("For input string: \"two\"", refusal(work, "runs=two"));
        assertFalse(Files.exists(directory.resolve("work")));
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertEquals(
                "estate is one of [hard, realistic], not 'hrad'",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Settings.of(Map.of("estate", "hrad")).estate())
                        .getMessage());
    }

    @Test
    void unknownSettingsAreNamed() {
        assertEquals(
                "'sead=1' is not one of NAME=VALUE with NAME in [runs, seed]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Settings.of(Map.of("seed", "1", "runs", "2"), "sead=1"))
                        .getMessage());
    }
}
