// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir Path directory;

    private static void write(Path target) {
        ByteSink sink = new ByteSink(8);
        sink.putByte(7);
        try (AtomicFile file = AtomicFile.create(FileLayer.SYSTEM, target)) {
            file.write(sink);
            file.finish();
            file.publish();
        }
    }

    @Test
    void aLinkInTheWayIsNotWrittenThrough() throws IOException {
        Path target = directory.resolve("a.seg");
        Path mine = Files.writeString(directory.resolve("thesis.txt"), "mine");
        Files.createSymbolicLink(directory.resolve("a.seg.tmp"), mine);
        write(target);
        assertEquals("mine", Files.readString(mine));
        assertArrayEquals(new byte[] {7}, Files.readAllBytes(target));
        assertFalse(Files.isSymbolicLink(target));
    }

    @Test
    void aLeftoverIsReplaced() throws IOException {
        Path target = directory.resolve("a.seg");
        Path leftover = Files.writeString(directory.resolve("a.seg.tmp"), "half and more");
        write(target);
        assertArrayEquals(new byte[] {7}, Files.readAllBytes(target));
        assertFalse(Files.exists(leftover, LinkOption.NOFOLLOW_LINKS));
    }
}
