// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Randoms;
import weir.engine.SampleTable;
import weir.engine.fault.StoreException;
import weir.engine.format.SegmentLayout;
import weir.engine.verify.SegmentVerifier;
import weir.testkit.faulty.FaultyFiles;

/// One flipped bit anywhere: noticed by whoever reads it and named, or it changes no row and
/// verifying finds it.
class BitFlipTest {
    @TempDir Path directory;
    private final Random random = Randoms.of("BitFlipTest");
    private int flips;
    private int noticed;

    private record Whole(Path file, long probe, long bits, long footerBit) {}

    private Whole whole(int rows, StorageHints hints) throws IOException {
        Path file = directory.resolve("flipped.seg");
        SampleTable.builder(SampleTable.rows(random, rows), hints).write(file, 3);
        long footerAt = Tampered.frame(Files.readAllBytes(file)).footerSection().offset();
        return new Whole(file, SegmentProbe.of(file), 8 * Files.size(file), 8 * footerAt);
    }

    private void flip(Whole whole, long bit) throws IOException {
        FaultyFiles.flipBit(whole.file, bit);
        flips++;
        try {
            assertEquals(whole.probe, SegmentProbe.of(whole.file), "other rows, bit " + bit);
            assertFalse(
                    SegmentVerifier.verify("t", whole.file, null, null).isSound(),
                    "not found by verifying, bit " + bit);
        } catch (StoreException damage) {
            noticed++;
            assertEquals(whole.file, damage.path());
        }
        FaultyFiles.flipBit(whole.file, bit);
    }

    @Test
    void oneBitInAThousandthOfASegmentIsNoticed() throws IOException {
        Whole whole = whole(2500, SampleTable.HINTS);
        for (int i = 0; i < 1000; i++) {
            flip(whole, whole.bits * i / 1000 + random.nextLong(whole.bits / 1000));
        }
        assertTrue(noticed > 900, noticed + " of " + flips + " noticed by reading");
    }

    @Test
    void everyBitOfHeaderAndTrailerIsNoticedByReading() throws IOException {
        Whole whole = whole(100, StorageHints.NONE);
        for (int bit = 0; bit < 8 * SegmentLayout.HEADER_BYTES; bit++) {
            flip(whole, bit);
            flip(whole, whole.bits - 1 - bit);
        }
        assertEquals(flips, noticed);
    }

    @Test
    void everyByteOfTheFooterIsNoticedByReading() throws IOException {
        Whole whole = whole(100, SampleTable.HINTS);
        long end = whole.bits - 8 * SegmentLayout.TRAILER_BYTES;
        for (long bit = whole.footerBit; bit < end; bit += 8) {
            flip(whole, bit + random.nextInt(8));
        }
        assertEquals(flips, noticed);
    }

    /// Half of the flips are in what is small: header, footer, trailer.
    @Test
    @Tag("slow")
    void tensOfThousandsOfFlipsChangeNoRow() throws IOException {
        for (StorageHints hints : List.of(StorageHints.NONE, SampleTable.HINTS)) {
            for (int rows : new int[] {1, 60, 2048, 5000, 66_000, 140_000}) {
                Whole whole = whole(rows, hints);
                int rounds = rows > 60_000 ? 1500 : 5000;
                for (int i = 0; i < rounds; i++) {
                    boolean isAnywhere = i % 2 == 0;
                    long bit =
                            isAnywhere
                                    ? random.nextLong(whole.bits)
                                    : (whole.footerBit
                                                    + random.nextLong(
                                                            whole.bits - whole.footerBit + 256))
                                            % whole.bits;
                    flip(whole, bit);
                }
            }
        }
        System.err.println("BitFlipTest: " + flips + " flips, " + noticed + " noticed by reading");
    }
}
