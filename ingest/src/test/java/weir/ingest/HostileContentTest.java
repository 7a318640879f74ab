// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weir.testkit.generate.HostileContent;

/// Logs that are made to do harm are collected by a process with little memory: it takes the
/// records that there are, rejects all else, and never needs more than it has.
class HostileContentTest {
    private static final String HEAP = "-Xmx512m";

    /// Resident memory beside the heap: code, threads, buffers of decoders, mapped segments.
    private static final long BESIDE_HEAP_BYTES = 400L << 20;

    @TempDir Path directory;

    /// Collects one file into a store and prints what came of it.
    static final class CollectingMain {
        private CollectingMain() {}

        public static void main(String[] arguments) throws IOException {
            PrintStream out =
                    new PrintStream(
                            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, UTF_8);
            for (int i = 0; i + 1 < arguments.length; i += 2) {
                try (FlowIngestor ingestor = FlowIngestor.open(Path.of(arguments[i]))) {
                    IngestReport report =
                            ingestor.ingest(
                                    List.of(arguments[i + 1]),
                                    IngestOptions.defaults().withThreads(2),
                                    ProgressListener.NONE);
                    out.println(report.records() + " " + report.rejectedLines());
                }
            }
            out.println(residentPeakBytes());
        }

        /// The most memory that was resident at once; 0 where the system does not tell.
        private static long residentPeakBytes() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.exists(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /// What a process with little memory printed that collected these files, each into its store.
    private List<String> collect(List<String> storesAndFiles)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:-UsePerfData",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                HEAP,
                                "-cp",
                                System.getProperty("java.class.path"),
                                CollectingMain.class.getName()));
        command.addAll(storesAndFiles);
        Path printed = directory.resolve("printed.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
        try {
            int code = process.waitFor();
            assertEquals(0, code, () -> "ended with " + code + ": " + text(printed));
        } finally {
            process.destroyForcibly();
        }
        return text(printed).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Collects these contents in one process, one after the other.
    private void check(long lines, HostileContent... contents)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (HostileContent content : contents) {
            Path file = directory.resolve(content.word());
            HostileContent.Expected of = content.write(file, lines);
            expected.add(of.records() + " " + of.rejectedLines());
            arguments.add(directory.resolve("store-of-" + content.word()).toString());
            arguments.add(file.toString());
        }
        List<String> printed = collect(arguments);
        assertEquals(expected, printed.subList(0, printed.size() - 1));
        long peak = Long.parseLong(printed.getLast());
        assertTrue(peak < (512L << 20) + BESIDE_HEAP_BYTES, peak + " bytes were resident");
    }

    @Test
    void eachIsCollectedWithAHeapOf512Megabytes() throws IOException, InterruptedException {
        check(100_000, HostileContent.values());
    }

    /// More text of each than the heap has room for.
    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void anyAmountIsCollectedWithAHeapOf512Megabytes(HostileContent content)
            throws IOException, InterruptedException {
        check(6_000_000, content);
    }
}
