// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.schema.Column;
import weir.engine.segment.NumberRows;
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

    /// Lines of three tokens, of which the column at `field` has these.
    private static TokenRun run(
            List<String> tokens, int field, boolean hasReturns, ByteArrayOutputStream text) {
        int[] positions = new int[3 * tokens.size() + 2];
        text.write('x'); // what is before the first line
        text.write('\n');
        int next = 1;
        positions[next] = 1;
        for (String token : tokens) {
            for (int column = 0; column < 3; column++) {
                String here = column == field ? token : column == 0 ? "12345678" : "";
                text.writeBytes(here.getBytes(StandardCharsets.ISO_8859_1));
                if (column == 2 && hasReturns) {
                    text.write('\r');
                }
                positions[++next] = text.size();
                text.write(column == 2 ? '\n' : ' ');
            }
        }
        text.writeBytes(new byte[] {'1', '2', '3', '4', '5', '6', '7', '8'});
        TokenRun run = new TokenRun();
        run.set(positions, 1, 3, tokens.size(), hasReturns ? 1 : 0);
        return run;
    }

    private static String token(Random random, int kind) {
        return switch (random.nextInt(kind == 0 ? 3 : kind == 1 ? 6 : 8)) {
            case 0 -> "-";
            case 1 -> Integer.toString(random.nextInt(70_000));
            case 2 -> Integer.toString(random.nextInt() & Integer.MAX_VALUE);
            case 3 -> "";
            case 4 -> "0" + random.nextInt(10);
            case 5 -> random.nextBoolean() ? "-1" : "12a";
            case 6 -> Long.toString(random.nextLong() >>> (1 + random.nextInt(34)));
            default -> random.nextBoolean() ? "2147483647" : "2147483648";
        };
    }

    /// What is expected of a column of tokens, by the obvious way.
    private static void checkColumn(
            List<String> tokens, int field, boolean hasReturns, long min, long max) {
        int first = tokens.size() % 3;
        long[] wanted = new long[tokens.size()];
        byte[] bad = new byte[tokens.size()];
        boolean isTooWide = false;
        for (int row = 0; row < wanted.length; row++) {
            long value = naive(tokens.get(row));
            boolean isBad = value != Column.ABSENT && (value < min || value > max);
            bad[row] = (byte) (isBad ? 1 : 0);
            wanted[row] = isBad ? Column.ABSENT : value;
            isTooWide |= !isBad && value > Integer.MAX_VALUE;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TokenRun run = run(tokens, field, hasReturns, text);
        byte[] bytes = text.toByteArray();
        int[] narrow = new int[first + wanted.length];
        int found = Digits.readNarrow(bytes, run, field, min, max, narrow, first);
        assertEquals(isTooWide, found == Digits.TOO_WIDE, tokens.toString());
        if (!isTooWide) {
            assertEquals(new String(bad, StandardCharsets.US_ASCII).chars().sum(), found);
            for (int row = 0; row < wanted.length; row++) {
                long expected =
                        wanted[row] == Column.ABSENT ? NumberRows.NARROW_ABSENT : wanted[row];
                assertEquals(expected, narrow[first + row], tokens.get(row));
                assertEquals(bad[row], run.bad[row], tokens.get(row));
            }
        }
        // What narrow rows could not take is read again, as wide ones.
        long[] wide = new long[first + wanted.length];
        boolean hasBad = Digits.read(bytes, run, field, min, max, wide, first);
        assertEquals(new String(bad, StandardCharsets.US_ASCII).chars().sum() > 0, hasBad);
        for (int row = 0; row < wanted.length; row++) {
            assertEquals(wanted[row], wide[first + row], tokens.get(row));
            assertEquals(bad[row], run.bad[row], tokens.get(row));
        }
    }

    @Test
    void columnsAreReadNarrowAndWideAsTheObviousWayReadsThem() {
        Random random = new Random(Seeds.next("DigitsTest"));
        for (int rows : new int[] {0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 3000}) {
            for (int round = 0; round < 30; round++) {
                List<String> tokens = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    tokens.add(token(random, round % 3));
                }
                boolean isLast = random.nextBoolean();
                long max = round % 2 == 0 ? 65_535 : Long.MAX_VALUE;
                checkColumn(tokens, isLast ? 2 : 1, isLast && round % 5 == 0, round % 4, max);
            }
        }
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
