// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.segment.SegmentProbe;
import weir.testkit.faulty.FaultyFiles;

/// Segment files that are cut or replaced while another process reads them, over and over.
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CutUnderReaderTest {
    @TempDir Path directory;
    private Path file = Path.of("unset");
    private byte[] good = {};
    private long probe;

    /// Keeps one snapshot and reads it until that fails.
    static final class ReadingMain {
        private ReadingMain() {}

        public static void main(String[] arguments) {
            try (Store store = Store.open(Path.of(arguments[0]));
                    Snapshot snapshot = store.snapshot()) {
                var segment = snapshot.tables().get("t").segments().getFirst();
                while (true) {
                    System.out.println(SegmentProbe.of(segment));
                }
            } catch (CorruptSegmentException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("alive");
        }
    }

    @BeforeEach
    void writeStore() throws IOException {
        try (Store store = Store.openOrCreate(directory.resolve("store"));
                StoreWriter writer = store.writer()) {
            Random random = Randoms.of("CutUnderReaderTest");
            StoreWriter.WrittenSegment written =
                    writer.write(
                            "t",
                            SampleTable.builder(
                                    SampleTable.rows(random, 70_000), SampleTable.HINTS));
            writer.commit(Map.of("t", SampleTable.SCHEMA), List.of(written));
            file = directory.resolve("store").resolve("segments").resolve(written.entry().file());
        }
        good = Files.readAllBytes(file);
        probe = SegmentProbe.of(file);
    }

    private static String line(BufferedReader lines) throws IOException {
        return Objects.requireNonNull(lines.readLine(), "the child ended");
    }

    @Test
    void cutFilesEndTheReadingAndNotTheProcess() throws Exception {
        long page = 4096;
        long middle = good.length / 2 / page * page;
        for (long cutTo : new long[] {good.length - 1, middle + 100, middle, 100, 0}) {
            Files.write(file, good);
            Process child =
                    ChildJvm.start(ReadingMain.class, directory.resolve("store").toString());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
                String own = Long.toString(probe);
                assertEquals(own, line(lines));
                assertEquals(own, line(lines));
                FaultyFiles.truncate(file, cutTo);
                @Nullable String last = lines.readLine();
                while (own.equals(last)) {
                    last = lines.readLine();
                }
                // No other number: what was read from the zeros behind the cut counts for nothing.
                assertTrue(
                        String.valueOf(last).startsWith(file + ": damaged at byte "),
                        "cut to " + cutTo + ": " + last);
                assertEquals("alive", lines.readLine());
                assertEquals(0, child.waitFor());
            } finally {
                child.destroyForcibly();
            }
        }
    }

    @Test
    void replacedFilesAreReadAsTheyWere() throws Exception {
        Process child = ChildJvm.start(ReadingMain.class, directory.resolve("store").toString());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String own = Long.toString(probe);
            assertEquals(own, line(lines));
            Path other = Files.write(directory.resolve("other"), new byte[good.length]);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            for (int i = 0; i < 50; i++) {
                assertEquals(own, line(lines));
            }
            Files.delete(file);
            for (int i = 0; i < 50; i++) {
                assertEquals(own, line(lines));
            }
        } finally {
            child.destroyForcibly();
        }
    }
}
