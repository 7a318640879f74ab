// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.memory.ByteSink;

/// Numbers put side by side against single bits set one by one.
class BitWriterTest {
    private static final int[] COUNTS = {0, 1, 2, 63, 64, 65, 127, 128, 129, 2047, 2048, 5000};

    private static void check(Random random, int count, IntSupplier widths) {
        BitSet bits = new BitSet();
        ByteSink sink = new ByteSink(16);
        sink.putByte(77); // what is there already stays
        BitWriter writer = new BitWriter(sink, 64L * count);
        int used = 0;
        for (int i = 0; i < count; i++) {
            int width = widths.getAsInt();
            long code = width == 0 ? 0 : (random.nextInt(5) == 0 ? -1L : random.nextLong());
            code = width == 0 ? 0 : code >>> (64 - width);
            for (int bit = 0; bit < width; bit++) {
                bits.set(used + bit, (code >>> bit & 1) != 0);
            }
            used += width;
            writer.put(code, width);
        }
        writer.finish();
        int words = (used + 63) / 64;
        byte[] expected = Arrays.copyOf(bits.toByteArray(), 8 * words);
        byte[] written = sink.toByteArray();
        assertEquals(77, written[0]);
        assertArrayEquals(expected, Arrays.copyOfRange(written, 1, written.length));
    }

    @Test
    void everyWidthIsPutAsItsBits() {
        Random random = Randoms.of("BitWriterTest");
        for (int count : COUNTS) {
            for (int width = 0; width <= 64; width++) {
                int same = width;
                check(random, count, () -> same);
            }
        }
    }

    @Test
    void widthsMayChangeFromNumberToNumber() {
        Random random = Randoms.of("BitWriterTest");
        for (int round = 0; round < 100; round++) {
            for (int count : COUNTS) {
                check(random, count, () -> random.nextInt(65));
            }
        }
    }
}
