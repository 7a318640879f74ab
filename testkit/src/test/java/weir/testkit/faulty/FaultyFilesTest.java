// SPDX-License-Identifier: Apache-2.0
package weir.testkit.faulty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyFilesTest {

    @TempDir Path folder;
    private Path file = Path.of("unset");

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("victim");
        Files.write(file, new byte[] {1, 2, 3, 4});
    }

    @Test
    void truncateKeepsTheFirstBytes() throws IOException {
        FaultyFiles.truncate(file, 1);
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
    }

    @Test
    void flipBitTurnsExactlyOneBitAndTwiceIsNothing() throws IOException {
        FaultyFiles.flipBit(file, 8 + 7);
        assertArrayEquals(new byte[] {1, (byte) 0x82, 3, 4}, Files.readAllBytes(file));
        FaultyFiles.flipBit(file, 8 + 7);
        assertArrayEquals(new byte[] {1, 2, 3, 4}, Files.readAllBytes(file));
    }

    @Test
    void zeroAndOverwriteKeepTheSize() throws IOException {
        FaultyFiles.zero(file, 1, 2);
        assertArrayEquals(new byte[] {1, 0, 0, 4}, Files.readAllBytes(file));
        FaultyFiles.overwrite(file, 2, new byte[] {9, 8});
        assertArrayEquals(new byte[] {1, 0, 9, 8}, Files.readAllBytes(file));
    }

    @Test
    void extendAddsAtTheEnd() throws IOException {
        FaultyFiles.extend(file, 2, (byte) 7);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 7, 7}, Files.readAllBytes(file));
    }

    @Test
    void placesOutsideTheFileAreRefusedWithTheRange() {
        assertEquals(
                "bit is 0 to 31, not 32",
                assertThrows(IllegalArgumentException.class, () -> FaultyFiles.flipBit(file, 32))
                        .getMessage());
        assertEquals(
                "sizeBytes is 0 to 4, not 5",
                assertThrows(IllegalArgumentException.class, () -> FaultyFiles.truncate(file, 5))
                        .getMessage());
        assertEquals(
                "offsetBytes is 0 to 1, not 2",
                assertThrows(IllegalArgumentException.class, () -> FaultyFiles.zero(file, 2, 3))
                        .getMessage());
    }
}
