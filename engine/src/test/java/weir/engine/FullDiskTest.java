// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.StoreWriter.WrittenSegment;
import weir.engine.fault.StoreException;
import weir.engine.segment.SegmentBuilder;

/// The operating system itself refuses to write on: another process meets a limit of the size of
/// files, or a file system that is full. There too the store stays as it was.
class FullDiskTest {
    @TempDir Path directory;

    /// Commits ever larger segments to a new store until that fails, looks at what is left, and
    /// goes on when there is room again.
    static final class FillingMain {
        private FillingMain() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            Path store = directory.resolve("store");
            Path spare = Files.write(directory.resolve("spare"), new byte[32 << 10]);
            int committed = 0;
            String reason = "";
            try (Store open = Store.openOrCreate(store);
                    StoreWriter writer = open.writer()) {
                for (int rows = 100; rows < 100_000; rows *= 2) {
                    commit(writer, rows);
                    committed += rows;
                }
            } catch (StoreException e) {
                reason = String.valueOf(e.getMessage());
            }
            assertTrue(committed > 0, reason);
            assertHolds(committed, store);
            Files.delete(spare);
            try (Store open = Store.open(store);
                    StoreWriter writer = open.writer()) {
                commit(writer, 50);
            }
            assertHolds(committed + 50, store);
            System.out.println(reason);
        }

        private static void commit(StoreWriter writer, int rows) {
            List<WrittenSegment> segments = List.of(writer.write("flows", builder(rows)));
            writer.commit(Map.of("flows", SampleTable.SCHEMA), segments);
        }

        private static void assertHolds(int rows, Path store) {
            assertEquals(rows, StoreContent.of(store).rows().get("flows").size());
            assertEquals(List.of(), StoreContent.strayFiles(store));
        }
    }

    private static SegmentBuilder builder(int rows) {
        return SampleTable.builder(SampleTable.rows(new Random(rows), rows));
    }

    private String fill(String script) throws Exception {
        return ChildJvm.runBy(script, FillingMain.class, directory.toString());
    }

    @Test
    void aLimitOfTheSizeOfFilesIsSaidAndHarmless() throws Exception {
        String reason = fill("ulimit -f 100 && exec \"$@\"");
        assertTrue(
                reason.matches(".*/store/segments/flows-.*\\.seg\\.tmp: cannot be written: .*"),
                reason);
        assertTrue(reason.endsWith("File too large"), reason);
    }

    @Test
    void aFullFileSystemIsSaidAndHarmless() throws Exception {
        String mounted =
                "exec unshare -rm sh -c 'mount -t tmpfs -o size=400k none \"%s\" && exec \"$@\"' sh "
                        .formatted(directory);
        Process attempt = new ProcessBuilder("sh", "-c", mounted + "true").start();
        assumeTrue(attempt.waitFor() == 0, "no file system can be mounted here");
        String reason = fill(mounted + "\"$@\"");
        assertTrue(reason.endsWith(": No space left on device"), reason);
    }
}
