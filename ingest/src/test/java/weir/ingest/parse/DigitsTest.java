// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.schema.Column;
import weir.testkit.Seeds;

class DigitsTest {
    private static final byte[] BYTES = {
        '0', '1', '9', '5', '-', '+', '/', ':', 'a', 0, (byte) 0xb0
    };

    /// The same the obvious way.
    private static long naive(String token) {
        if (token.equals("-")) {
            return Column.ABSENT;
        }
        if (!token.matches("0|[1-9][0-9]{0,18}")) {
            return Digits.BAD;
        }
        java.math.BigInteger value = new java.math.BigInteger(token);
        return value.bitLength() > 63 ? Digits.BAD : value.longValue();
    }

    /// Reads the token as the only one of a line, by the loop over a column.
    private static long read(byte[] token, long min, long max) {
        byte[] line = new byte[token.length + 20];
        java.util.Arrays.fill(line, (byte) '7');
        System.arraycopy(token, 0, line, 1, token.length);
        TokenRun run = new TokenRun();
        run.set(new int[] {0, token.length + 1}, 0, 1, 1, 0);
        long[] values = new long[1];
        boolean isBad = Digits.read(line, run, 0, min, max, values, 0);
        assertEquals(isBad, run.bad[0] == 1);
        return isBad ? Digits.BAD : values[0];
    }

    private static long read(String token) {
        return read(token.getBytes(StandardCharsets.ISO_8859_1), 0, Long.MAX_VALUE);
    }

    @Test
    void numbersAtTheirLimitsAreExact() {
        for (String token :
                List.of(
                        "0",
                        "9",
                        "10",
                        "99999999",
                        "100000000",
                        "9999999999999999",
                        "10000000000000000",
                        "9223372036854775807")) {
            assertEquals(Long.parseLong(token), read(token), token);
        }
        for (String token :
                List.of(
                        "",
                        "00",
                        "007",
                        "+7",
                        "-1",
                        "--",
                        "1a",
                        "a1",
                        "1 ",
                        "9223372036854775808",
                        "9999999999999999999",
                        "18446744073709551616",
                        "1".repeat(25),
                        "1\0",
                        "0000000000000001")) {
            assertEquals(Digits.BAD, read(token), token);
        }
        assertEquals(Column.ABSENT, read("-"));
    }

    @Test
    void theRangeIsKept() {
        assertEquals(65_535, read("65535".getBytes(StandardCharsets.UTF_8), 0, 65_535));
        assertEquals(Digits.BAD, read("65536".getBytes(StandardCharsets.UTF_8), 0, 65_535));
        assertEquals(Digits.BAD, read("1".getBytes(StandardCharsets.UTF_8), 2, 255));
        assertEquals(Column.ABSENT, read("-".getBytes(StandardCharsets.UTF_8), 2, 255));
    }

    @Test
    void readsWhatTheObviousWayReads() {
        Random random = new Random(Seeds.next("DigitsTest"));
        for (int round = 0; round < 20_000; round++) {
            byte[] token = new byte[random.nextInt(22)];
            boolean isClean = random.nextInt(3) > 0;
            for (int i = 0; i < token.length; i++) {
                token[i] =
                        isClean
                                ? (byte) ('0' + random.nextInt(10))
                                : BYTES[random.nextInt(BYTES.length)];
            }
            String text = new String(token, StandardCharsets.ISO_8859_1);
            assertEquals(naive(text), read(token, 0, Long.MAX_VALUE), text);
            byte[] padded = java.util.Arrays.copyOf(token, token.length + 8);
            assertEquals(naive(text), Digits.read(padded, 0, token.length), text);
        }
    }
}
