// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// A system without memory leaves nothing behind and nothing broken.
class NativeRoomTest {
    /// Arenas that give memory so many times, and how many of them are open.
    private static final class Meagre implements Supplier<Arena> {
        private final Supplier<Arena> arenas = Arena::ofShared;
        int allocationsLeft;
        int open;

        Meagre(int allocations) {
            allocationsLeft = allocations;
        }

        @Override
        public Arena get() {
            Arena arena = arenas.get();
            open++;
            return new Arena() {
                @Override
                public MemorySegment allocate(long bytes, long alignment) {
                    if (allocationsLeft == 0) {
                        throw new OutOfMemoryError("there are " + bytes + " bytes too few");
                    }
                    allocationsLeft--;
                    return arena.allocate(bytes, alignment);
                }

                @Override
                public MemorySegment.Scope scope() {
                    return arena.scope();
                }

                @Override
                public void close() {
                    arena.close();
                    open--;
                }
            };
        }
    }

    @Test
    void roomGrowsAndStaysWhereItIsEnough() {
        Meagre arenas = new Meagre(2);
        NativeRoom room = new NativeRoom(arenas);
        assertEquals(0, room.size());
        MemorySegment small = room.withSize(0);
        assertSame(small, room.withSize(0));
        MemorySegment large = room.withSize(100_000);
        assertEquals(100_000, room.size());
        assertSame(large, room.withSize(50));
        large.set(ValueLayout.JAVA_BYTE, 99_999, (byte) 1);
        assertFalse(small.scope().isAlive());
        assertEquals(1, arenas.open);
        room.release();
        assertEquals(0, arenas.open);
        assertEquals(0, room.size());
    }

    @Test
    void afterAFailureThereIsNoneAndItCanBeAskedAgain() {
        Meagre arenas = new Meagre(1);
        NativeRoom room = new NativeRoom(arenas);
        room.withSize(10);
        assertThrows(OutOfMemoryError.class, () -> room.withSize(1_000));
        assertEquals(0, room.size());
        assertEquals(0, arenas.open);
        room.release();
        arenas.allocationsLeft = 1;
        assertTrue(room.withSize(1_000).byteSize() >= 1_000);
        room.release();
        assertEquals(0, arenas.open);
    }

    @Test
    void isalThatGetsTooLittleKeepsNothing() {
        assumeTrue(DecoderKind.ISAL.isUsable(), "ISA-L is not on this machine");
        IsalDecoder.Library library = IsalDecoder.Library.open();
        assertNotNull(library);
        for (int allocations = 0; allocations < 3; allocations++) {
            Meagre arenas = new Meagre(allocations);
            assertThrows(OutOfMemoryError.class, () -> new IsalDecoder(library, arenas));
            assertEquals(0, arenas.open);
        }
    }

    @Test
    void libdeflateThatGetsTooLittleLeavesTheStreamToTheJdk() throws DataFormatException {
        assumeTrue(DecoderKind.LIBDEFLATE.isUsable(), "libdeflate is not on this machine");
        LibdeflateDecoder.Library library = LibdeflateDecoder.Library.open();
        assertNotNull(library);
        Meagre none = new Meagre(0);
        assertThrows(OutOfMemoryError.class, () -> new LibdeflateDecoder(library, none));
        assertEquals(0, none.open);

        byte[] text = new byte[300_000];
        Arrays.fill(text, (byte) 'x');
        byte[] packed = packed(text);
        for (int allocations = 1; allocations <= 3; allocations++) {
            Meagre arenas = new Meagre(allocations);
            LibdeflateDecoder decoder = new LibdeflateDecoder(library, arenas);
            assertArrayEquals(text, read(decoder, packed, text.length));
            assertEquals(allocations == 3, decoder.isWhole());
            decoder.rest();
            arenas.allocationsLeft = 2;
            assertArrayEquals(text, read(decoder, packed, text.length));
            assertTrue(decoder.isWhole());
            decoder.close();
            assertEquals(0, arenas.open);
        }
    }

    /// A stream and the size of its text behind it.
    private static byte[] packed(byte[] text) {
        try (Deflater deflater = new Deflater(6, true)) {
            deflater.setInput(text);
            deflater.finish();
            byte[] packed = new byte[text.length];
            int size = deflater.deflate(packed);
            for (int i = 0; i < Integer.BYTES; i++) {
                packed[size + i] = (byte) (text.length >> (i * Byte.SIZE));
            }
            return Arrays.copyOf(packed, size + Integer.BYTES);
        }
    }

    private static byte[] read(LibdeflateDecoder decoder, byte[] packed, int size)
            throws DataFormatException {
        decoder.setPiece(packed, packed.length, true);
        decoder.begin(0);
        byte[] text = new byte[size];
        int filled = 0;
        while (!decoder.isFinished()) {
            filled += decoder.decode(text, filled, size - filled);
        }
        assertEquals(size, filled);
        return text;
    }
}
