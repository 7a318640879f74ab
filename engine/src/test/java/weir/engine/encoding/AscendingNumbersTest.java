// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.Randoms;
import weir.engine.encoding.AscendingNumbers.Cursor;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

class AscendingNumbersTest {
    private static final int[] COUNTS = {0, 1, 2, 63, 64, 65, 127, 128, 129, 256, 1000, 5000};

    private static byte[] encoded(long[] numbers) {
        ByteSink sink = new ByteSink(16);
        AscendingNumbers.encode(numbers, numbers.length, sink);
        return sink.toByteArray();
    }

    private static AscendingNumbers decoded(byte[] bytes) {
        return AscendingNumbers.decode(Slice.of(Path.of("n"), bytes));
    }

    private static long[] numbers(Random random, int count) {
        int width = 1 + random.nextInt(45);
        long[] numbers = new long[count];
        long next = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            numbers[i] = next;
            next += 1 + (random.nextInt(4) == 0 ? random.nextLong() >>> (64 - width) : 0);
        }
        return numbers;
    }

    @Test
    void everyNumberComesBackFrameByFrame() {
        Random random = Randoms.of("AscendingNumbersTest");
        for (int count : COUNTS) {
            long[] numbers = numbers(random, count);
            AscendingNumbers list = decoded(encoded(numbers));
            assertEquals(count, list.count());
            for (int frame = 0; frame < list.frameCount(); frame++) {
                int from = frame * AscendingNumbers.FRAME;
                int to = Math.min(count, from + AscendingNumbers.FRAME);
                assertEquals(
                        Arrays.toString(Arrays.copyOfRange(numbers, from, to)),
                        Arrays.toString(list.frame(frame)));
            }
        }
    }

    /// Gaps of each width, up to the widest ones and the greatest first numbers there may be.
    @Test
    void gapsOfEveryWidthComeBack() {
        Random random = Randoms.of("AscendingNumbersTest");
        for (int width = 0; width <= 53; width++) {
            long most = (1L << width) - 1;
            for (int count : new int[] {1, 2, 63, 64, 65, 127, 128, 129, 255, 256, 257}) {
                long[] numbers = new long[count];
                long span = 0;
                for (int i = 1; i < count; i++) {
                    long gap = random.nextInt(3) == 0 ? most : random.nextLong(most + 1);
                    gap = span + gap + 1 >= 1L << 60 ? 0 : gap;
                    span += gap + 1;
                    numbers[i] = span;
                }
                long first = random.nextBoolean() ? (1L << 60) - 1 - span : 0;
                Arrays.setAll(numbers, i -> numbers[i] + Math.max(0, first));
                AscendingNumbers list = decoded(encoded(numbers));
                long[] found = new long[count];
                for (int frame = 0; frame < list.frameCount(); frame++) {
                    long[] part = list.frame(frame);
                    System.arraycopy(part, 0, found, frame * AscendingNumbers.FRAME, part.length);
                }
                assertEquals(Arrays.toString(numbers), Arrays.toString(found));
            }
        }
    }

    @Test
    void aCursorFindsWhatASearchFinds() {
        Random random = Randoms.of("AscendingNumbersTest");
        for (int round = 0; round < 200; round++) {
            long[] numbers = numbers(random, COUNTS[random.nextInt(COUNTS.length)]);
            Cursor cursor = decoded(encoded(numbers)).cursor();
            long greatest = numbers.length == 0 ? 0 : numbers[numbers.length - 1];
            long least = 0;
            while (least <= greatest + 2) {
                int at = Arrays.binarySearch(numbers, least);
                int next = at >= 0 ? at : -at - 1;
                assertEquals(
                        next < numbers.length ? numbers[next] : Cursor.END, cursor.seek(least));
                least += random.nextBoolean() ? 1 : 1 + random.nextLong(greatest / 20 + 2);
            }
        }
    }

    @Test
    void damageIsRefusedOrStaysInOrder() {
        Random random = Randoms.of("AscendingNumbersTest");
        byte[] good = encoded(numbers(random, 1000));
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                AscendingNumbers list = decoded(bytes);
                long last = -1;
                for (int frame = 0; frame < list.frameCount(); frame++) {
                    for (long number : list.frame(frame)) {
                        assertTrue(number > last, "numbers that do not ascend were given out");
                        last = number;
                    }
                }
            } catch (CorruptSegmentException expected) {
                refused++;
                assertTrue(expected.getMessage().startsWith("n: damaged at byte "));
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void sizesAreCheckedBeforeTheyAreUsed() {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0, 0, 0};
        assertEquals(
                "numbers within their part",
                assertThrows(CorruptSegmentException.class, () -> decoded(huge)).expected());
        byte[] longer = Arrays.copyOf(encoded(new long[] {1, 2, 3}), 64);
        assertEquals(
                "one of 64",
                assertThrows(CorruptSegmentException.class, () -> decoded(longer)).found());
    }
}
