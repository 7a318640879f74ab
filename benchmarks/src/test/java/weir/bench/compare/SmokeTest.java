// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                "#!/bin/sh\nexec '%s' -cp '%s' weir.cli.Main \"$@\"\n"
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
