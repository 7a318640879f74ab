// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.ChildJvm;
import weir.engine.Randoms;
import weir.engine.SampleTable;
import weir.engine.fault.StoreException;
import weir.engine.format.Section;
import weir.engine.verify.SegmentVerifier;

/// Hostile bytes whose checksums are right: counts near 2^31, lengths below 0, offsets anywhere.
/// Reading them ends soon, in a small heap, with rows or with a failure that names the file.
class CraftedBytesTest {
    private static final int[] EXTREMES = {
        Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 1, 1 << 16, 1 << 24, 1 << 30, 0x7fff_fff0
    };

    @TempDir Path directory;

    /// Reads changed segments in a process of its own, whose heap is small.
    static final class ReadingMain {
        private ReadingMain() {}

        /// Reads as many segments as are asked for.
        ///
        /// @param arguments a folder, the seed, how many segments are tried
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Random random = new Random(Long.parseLong(arguments[1]));
            int rounds = Integer.parseInt(arguments[2]);
            List<byte[]> wholes =
                    List.of(
                            segment(directory, random, 40, SampleTable.HINTS),
                            segment(directory, random, 3000, StorageHints.NONE),
                            segment(directory, random, 3000, SampleTable.HINTS),
                            segment(directory, random, 66_000, SampleTable.HINTS));
            int refused = 0;
            for (int round = 0; round < rounds; round++) {
                byte[] whole = wholes.get(random.nextInt(rounds > 1000 ? 4 : 3));
                byte[] changed =
                        random.nextInt(3) == 0
                                ? withOtherFooter(whole, random)
                                : withOtherSection(whole, random);
                Path file = Files.write(directory.resolve("crafted.seg"), changed);
                try {
                    refused += read(file) ? 0 : 1;
                } catch (Throwable e) {
                    System.out.println("round " + round + ": " + e);
                    e.printStackTrace(System.out);
                    System.exit(1);
                }
            }
            System.out.println(
                    rounds + " read, " + (refused > rounds / 4 ? "many" : refused) + " refused");
        }

        private static byte[] segment(Path directory, Random random, int rows, StorageHints hints)
                throws IOException {
            Path file = directory.resolve("whole.seg");
            SampleTable.builder(SampleTable.rows(random, rows), hints).write(file, 1);
            return Files.readAllBytes(file);
        }

        /// Whether the file was read to its end.
        private static boolean read(Path file) {
            long start = cpuNanos();
            boolean isRead = true;
            try {
                SegmentProbe.of(file);
            } catch (StoreException e) {
                isRead = false;
            }
            SegmentVerifier.verify("t", file, null, null);
            long seconds = (cpuNanos() - start) / 1_000_000_000;
            if (seconds > 20) {
                throw new IllegalStateException("took " + seconds + " s");
            }
            return isRead;
        }

        /// The time of this thread, which other processes do not make longer.
        private static long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private static byte[] withOtherFooter(byte[] whole, Random random) {
            Section footer = Tampered.frame(whole).footerSection();
            byte[] bytes = Tampered.bytes(whole, footer);
            change(bytes, random);
            return Tampered.withFooterBytes(whole, bytes);
        }

        private static byte[] withOtherSection(byte[] whole, Random random) {
            List<Section> sections =
                    Tampered.frame(whole).footer().sections().stream()
                            .filter(section -> section.sizeBytes() > 0)
                            .toList();
            Section section = sections.get(random.nextInt(sections.size()));
            byte[] bytes = Tampered.bytes(whole, section);
            change(bytes, random);
            return Tampered.withSection(whole, section, bytes);
        }

        private static void change(byte[] bytes, Random random) {
            int times = 1 + random.nextInt(3);
            // What decides about sizes stands in front.
            int bound = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 40);
            for (int i = 0; i < times; i++) {
                int at = random.nextInt(bound);
                if (random.nextBoolean()) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                } else {
                    int value = EXTREMES[random.nextInt(EXTREMES.length)];
                    for (int b = 0; b < 4 && at + b < bytes.length; b++) {
                        bytes[at + b] = (byte) (value >> (8 * b));
                    }
                }
            }
        }
    }

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void hostileBytesAreReadOrRefused() throws Exception {
        read(500);
    }

    @Test
    @Tag("slow")
    void manyHostileBytesAreReadOrRefused() throws Exception {
        for (int i = 0; i < 4; i++) {
            read(2500);
        }
    }

    private void read(int rounds) throws Exception {
        long seed = Randoms.of("CraftedBytesTest").nextLong();
        String printed =
                ChildJvm.run(
                        ReadingMain.class,
                        directory.toString(),
                        Long.toString(seed),
                        Integer.toString(rounds));
        assertTrue(printed.endsWith(" refused"), printed);
        assertEquals(rounds + " read, many refused", printed.lines().toList().getLast(), printed);
    }
}
