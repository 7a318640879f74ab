// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.testkit.Seeds;

class DelimiterScannerTest {
    /// Bytes that differ from the wanted ones by little, and those themselves.
    private static final byte[] BYTES = {
        ' ', '\n', '!', '\t', 0x0b, 0x1f, 0, 1, (byte) 0xa0, (byte) 0x8a, (byte) 0xff, 'a', '2'
    };

    private static void check(byte[] bytes, int from, int to) {
        DelimiterScanner scanner = new DelimiterScanner();
        scanner.scan(bytes, from, to);
        int[] wanted =
                IntStream.concat(
                                IntStream.of(from - 1),
                                IntStream.range(from, to)
                                        .filter(i -> bytes[i] == ' ' || bytes[i] == '\n'))
                        .toArray();
        checkRegular(bytes, from, to);
        assertEquals(wanted.length - 1, scanner.count());
        assertArrayEquals(wanted, Arrays.copyOf(scanner.positions(), wanted.length));
        assertEquals(
                IntStream.range(from, to).filter(i -> bytes[i] == '\n').count(),
                scanner.newlineCount());
    }

    private static void checkRegular(byte[] bytes, int from, int to) {
        DelimiterScanner scanner = new DelimiterScanner();
        scanner.scanRegular(bytes, from, to);
        int[] marked =
                IntStream.range(from, to).filter(i -> bytes[i] >= 0 && bytes[i] <= ' ').toArray();
        assertEquals(from - 1, scanner.positions()[0]);
        assertArrayEquals(marked, Arrays.copyOfRange(scanner.positions(), 1, scanner.count() + 1));
        assertEquals(
                Arrays.stream(marked).filter(i -> bytes[i] != ' ').count(), scanner.newlineCount());
    }

    @Test
    void findsWhatASimpleLoopFinds() {
        Random random = new Random(Seeds.next("DelimiterScannerTest"));
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(200) + DelimiterScanner.SLACK_BYTES + 1];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        random.nextBoolean()
                                ? BYTES[random.nextInt(BYTES.length)]
                                : (byte) random.nextInt();
            }
            int to = random.nextInt(bytes.length - DelimiterScanner.SLACK_BYTES);
            check(bytes, random.nextInt(to + 1), to);
        }
    }

    /// Sizes around a step of eight bytes and a round of sixty-four, from any place in the array,
    /// of what is densest, emptiest and in between, with delimiters just outside.
    @Test
    void everySizeAroundARoundIsScannedToItsEnd() {
        Random random = new Random(Seeds.next("DelimiterScannerTest"));
        for (int size = 0; size <= 200; size++) {
            for (int from : new int[] {0, 1, 7, 8, 63, 64, 65}) {
                byte[] bytes = new byte[from + size + DelimiterScanner.SLACK_BYTES];
                for (int kind = 0; kind < 5; kind++) {
                    Arrays.fill(bytes, (byte) '\n');
                    for (int i = from; i < from + size; i++) {
                        bytes[i] =
                                switch (kind) {
                                    case 0 -> '\n';
                                    case 1 -> '7';
                                    case 2 -> (byte) (i % 9 == 0 ? ' ' : 0xff);
                                    case 3 -> (byte) (random.nextInt(64) == 0 ? '\n' : '!');
                                    default -> BYTES[random.nextInt(BYTES.length)];
                                };
                    }
                    check(bytes, from, from + size);
                }
            }
        }
    }

    /// A scanner is used for block after block: nothing of the one before is left.
    @Test
    void aShortBlockBehindALongOneIsScannedAsAlone() {
        DelimiterScanner scanner = new DelimiterScanner();
        byte[] dense = new byte[5_000];
        Arrays.fill(dense, (byte) ' ');
        scanner.scanRegular(dense, 0, 4_000);
        assertEquals(4_000, scanner.count());
        byte[] text = "a b\n0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        scanner.scanRegular(text, 0, 4);
        assertEquals(2, scanner.count());
        assertEquals(1, scanner.newlineCount());
        scanner.scan(text, 4, 4);
        assertEquals(0, scanner.count());
        assertEquals(3, scanner.positions()[0]);
    }

    @Test
    void blocksOfNothingButDelimitersFit() {
        byte[] bytes = new byte[200_000];
        Arrays.fill(bytes, (byte) '\n');
        check(bytes, 3, bytes.length - DelimiterScanner.SLACK_BYTES);
    }
}
