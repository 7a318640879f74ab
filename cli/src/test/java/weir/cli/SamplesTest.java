// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real flow logs that others published, where they are at hand: beside the repository.
class SamplesTest {
    private static final Path SAMPLES =
            Path.of("..", "..", "shared", "samples").toAbsolutePath().normalize();

    @TempDir Path directory;

    @Test
    void everyTextSampleIsReadAndCountsAgreeWithItsLines() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLES), "no samples beside the repository");
        List<String> wrong = new ArrayList<>();
        int read = 0;
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.matches(".*\\.(log|txt|dat|gz)")) {
                    continue;
                }
                read++;
                Path store = directory.resolve("store-" + name);
                CommandRun run = CommandRun.of("ingest", "--json", "--store", store, file);
                long lines = records(file);
                long found = number(run.out(), "records") + number(run.out(), "rejected_lines");
                if (run.code() != 0 || found != lines) {
                    wrong.add(name + ": " + lines + " lines, " + run.out() + run.err());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(read >= 10, "only " + read + " samples");
    }

    private static long number(String json, String key) {
        String digits = json.replaceAll("(?s).*\"" + key + "\":(\\d+).*", "$1");
        return digits.matches("\\d+") ? Long.parseLong(digits) : -1;
    }

    /// Lines that are neither blank, nor a header, nor a remark.
    private static long records(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(2);
            boolean isGzip = raw.read() == 0x1f;
            raw.reset();
            InputStream in = isGzip ? new GZIPInputStream(raw) : raw;
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .filter(line -> !line.contains("srcaddr") && !line.contains("interface-id"))
                    .count();
        }
    }
}
