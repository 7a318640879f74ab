// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentBuilder;
import weir.ingest.record.FieldKind;
import weir.testkit.Seeds;

class TokenTableTest {
    private static TokenTable texts() {
        Column column = Column.text("x");
        return new TextTokens(new SegmentBuilder(null).texts(column), FieldKind.TEXT);
    }

    private static TokenTable addresses() {
        Column column = new Column("a", weir.engine.schema.ColumnType.ADDRESS, "a", "-", false);
        return new AddressTokens(new SegmentBuilder(null).addresses(column));
    }

    private static int id(TokenTable table, String token) {
        byte[] bytes = (token + "x".repeat(40)).getBytes(StandardCharsets.UTF_8);
        int size = token.getBytes(StandardCharsets.UTF_8).length;
        return table.idOf(bytes, 0, size);
    }

    @Test
    void tokensThatDifferOnlyBehindTheInlineBytesAreApart() {
        TokenTable table = texts();
        String start = "arn:aws:ecs:us-east-1:123456789012:task/";
        assertEquals(1, id(table, start + "aaaaaaaa-1-zzzzzzzz"));
        assertEquals(2, id(table, start + "aaaaaaaa-2-zzzzzzzz"));
        assertEquals(1, id(table, start + "aaaaaaaa-1-zzzzzzzz"));
        assertEquals(3, id(table, "a"));
        assertEquals(4, id(table, "aa"));
    }

    @Test
    void aTokenWithZeroBytesIsNotTheShorterOne() {
        TokenTable table = texts();
        assertEquals(1, id(table, "a"));
        assertEquals(-1, id(table, "a\0"));
    }

    @Test
    void aDashIsAbsent() {
        assertEquals(0, id(texts(), "-"));
        assertEquals(0, id(addresses(), "-"));
    }

    @Test
    void spellingsOfOneAddressAreOne() {
        TokenTable table = addresses();
        assertEquals(1, id(table, "2001:db8::1"));
        assertEquals(1, id(table, "2001:0DB8:0:0:0:0:0:1"));
        assertEquals(2, id(table, "1.2.3.4"));
        assertEquals(2, id(table, "::ffff:1.2.3.4"));
        assertEquals(-1, id(table, "256.1.1.1"));
    }

    @Test
    void givesTheIdsThatAMapGives() {
        Random random = new Random(Seeds.next("TokenTableTest"));
        TokenTable table = texts();
        Map<String, Integer> known = new HashMap<>(Map.of("-", 0));
        List<String> words = new ArrayList<>(List.of("-"));
        for (int i = 0; i < 20_000; i++) {
            int size = 1 + (random.nextInt(10) == 0 ? random.nextInt(60) : random.nextInt(26));
            words.add("%0".concat(size + "d").formatted(random.nextInt(50_000)).replace('0', 'é'));
        }
        for (int round = 0; round < 200; round++) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int rows = random.nextInt(1_000) + 1;
            int[] positions = new int[rows + 1];
            positions[0] = -1;
            int[] wanted = new int[rows];
            String word = "-";
            for (int row = 0; row < rows; row++) {
                word = random.nextInt(3) == 0 ? word : words.get(random.nextInt(words.size()));
                wanted[row] = known.computeIfAbsent(word, _ -> known.size());
                line.writeBytes(word.getBytes(StandardCharsets.UTF_8));
                positions[row + 1] = line.size();
                line.write('\n');
            }
            line.writeBytes(new byte[TokenTable.SLACK_BYTES]);
            TokenRun run = new TokenRun();
            run.set(positions, 0, 1, rows, 0);
            int[] ids = new int[rows];
            assertFalse(table.read(line.toByteArray(), run, 0, ids, 0));
            assertArrayEquals(wanted, ids);
        }
    }

    private static final String[] TOKENS = {
        "-",
        "a",
        "b",
        "vpc-0123456789abcdef0",
        "subnet-0123456789abcdef0",
        "x".repeat(25),
        "a\0",
        ""
    };

    /// Rows of three tokens: a guide, the guided one, and one that is mostly like the guided one.
    @Test
    void guidedAndTwinColumnsAreReadAsAnyOther() {
        Random random = new Random(Seeds.next("TokenTableTest"));
        TokenTable guideTable = texts();
        TokenTable plain = texts();
        TokenTable guided = texts();
        TokenMemo memo = new TokenMemo();
        for (int round = 0; round < 300; round++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            int rows = random.nextInt(200) + 1;
            int[] positions = new int[3 * rows + 1];
            positions[0] = -1;
            for (int row = 0; row < rows; row++) {
                int guide = random.nextInt(round % 3 == 0 ? 20_000 : 30);
                String follows = TOKENS[random.nextInt(9) == 0 ? random.nextInt(8) : guide % 8];
                String twin = random.nextInt(9) == 0 ? TOKENS[random.nextInt(8)] : follows;
                int column = 0;
                for (String token : new String[] {"g" + guide, follows, twin}) {
                    text.writeBytes(token.getBytes(StandardCharsets.UTF_8));
                    positions[3 * row + ++column] = text.size();
                    text.write(' ');
                }
            }
            text.writeBytes(new byte[TokenTable.SLACK_BYTES]);
            byte[] bytes = text.toByteArray();
            int first = random.nextInt(5);
            int[][] ids = new int[5][first + rows];
            byte[][] bad = new byte[5][];
            TokenRun run = new TokenRun();
            for (int column = 0; column < 5; column++) {
                run.set(positions, 0, 3, rows, 0);
                int[] to = ids[column];
                boolean hasBad =
                        switch (column) {
                            case 0 -> guideTable.read(bytes, run, 0, to, first);
                            case 1 -> plain.read(bytes, run, 1, to, first);
                            case 2 -> guided.readGuided(bytes, run, 1, to, first, ids[0], memo);
                            case 3 -> plain.read(bytes, run, 2, to, first);
                            default -> guided.readTwin(bytes, run, 2, to, first, 1, ids[2]);
                        };
                bad[column] = Arrays.copyOf(run.bad, rows);
                boolean isBad = false;
                for (byte mark : bad[column]) {
                    isBad |= mark != 0;
                }
                assertEquals(isBad, hasBad, "column " + column);
            }
            assertArrayEquals(bad[1], bad[2]);
            assertArrayEquals(ids[1], ids[2]);
            // A row whose twin is bad is bad already, whatever is said of its other tokens.
            for (int row = 0; row < rows; row++) {
                if (bad[1][row] == 0) {
                    assertEquals(bad[3][row], bad[4][row]);
                    assertEquals(ids[3][first + row], ids[4][first + row]);
                }
            }
        }
    }

    /// The inverse of an odd number modulo 2^64.
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    private static boolean isPrintable(long word) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            long character = word >>> shift & 0xff;
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    /// Tokens of sixteen bytes that all have the hash 0 by multipliers that everybody knows: of
    /// each second half there is one first half, and one in three thousand is text.
    @Test
    void tokensMadeToCollideUnderAKnownHashDoNot() {
        long inverse = inverse(0x9E3779B97F4A7C15L);
        ByteBuffer tokens = ByteBuffer.allocate(60_000 * 16 + TokenTable.SLACK_BYTES);
        tokens.order(ByteOrder.LITTLE_ENDIAN);
        long digits = 0x3030303030303030L;
        for (long i = 0; tokens.remaining() > TokenTable.SLACK_BYTES; i++) {
            // Sixteen printable characters for the half bytes of the counter.
            long second = digits + Long.expand(i, 0x0f0f0f0f0f0f0f0fL);
            long first = inverse * Long.rotateLeft(second * 0xC2B2AE3D27D4EB4FL, 31);
            if (isPrintable(first)) {
                tokens.putLong(first).putLong(second);
            }
        }
        byte[] bytes = tokens.array();
        TokenTable table = texts();
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    for (int i = 0; i < 60_000; i++) {
                        assertEquals(i + 1, table.idOf(bytes, 16 * i, 16 * (i + 1)));
                    }
                });
    }
}
