// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;
import weir.query.value.Cidr;
import weir.testkit.Seeds;

/// Joins on ranges, blocks of addresses and ORs of equalities give what asking every pair gives.
class RangeJoinTest {
    private static final int ROUNDS = 60;

    @Test
    void addressesMeetTheirBlocks() {
        Random random = new Random(Seeds.next("RangeJoinTest.blocks"));
        for (int round = 0; round < ROUNDS; round++) {
            List<String> addresses = some(random, 12, () -> address(random));
            List<String> blocks = some(random, 12, () -> block(random));
            String on = "contains(y, CAST(x AS IPADDRESS))";
            assertJoins(addresses, blocks, on, RangeJoinTest::contains);
            String exists =
                    with(addresses, blocks)
                            + "SELECT x FROM a WHERE EXISTS (SELECT 1 FROM b WHERE "
                            + on
                            + ")";
            List<String> expected =
                    addresses.stream()
                            .filter(x -> blocks.stream().anyMatch(y -> contains(x, y)))
                            .toList();
            assertEquals(sorted(expected), sorted(SqlRows.of(exists)), exists);
        }
    }

    /// Many keys with few blocks each, and one key with many: those are found in other ways.
    @Test
    void addressesMeetTheBlocksOfTheirKey() {
        Random random = new Random(Seeds.next("RangeJoinTest.keyed"));
        for (int round = 0; round < ROUNDS; round++) {
            int keys = random.nextBoolean() ? 1 : 4;
            List<String> addresses =
                    some(random, 12, () -> random.nextInt(keys) + " " + address(random));
            List<String> blocks =
                    some(
                            random,
                            12,
                            () ->
                                    random.nextInt(keys)
                                            + " "
                                            + (keys == 1
                                                    ? "10.0.0." + random.nextInt(9) + "/32"
                                                    : block(random)));
            assertJoins(
                    addresses,
                    blocks,
                    "split_part(x, ' ', 1) = split_part(y, ' ', 1) AND"
                            + " contains(split_part(y, ' ', 2),"
                            + " CAST(split_part(x, ' ', 2) AS IPADDRESS))",
                    (x, y) ->
                            x != null
                                    && y != null
                                    && x.charAt(0) == y.charAt(0)
                                    && contains(x.substring(2), y.substring(2)));
        }
    }

    private static boolean contains(@Nullable String address, @Nullable String block) {
        IpAddress value = address == null ? null : IpAddress.parse(address);
        return value != null && block != null && Cidr.parse(block).contains(value);
    }

    private static String address(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "2600:1f00::" + Integer.toHexString(random.nextInt(4));
            case 1 -> "::ffff:10.0.0." + random.nextInt(3);
            case 2 -> "::1";
            default ->
                    "10." + random.nextInt(2) + "." + random.nextInt(2) + "." + random.nextInt(9);
        };
    }

    private static String block(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "::/0";
            case 1 -> "0.0.0.0/0";
            case 2 -> "2600:1f00::/" + (120 + random.nextInt(9));
            case 3 -> "::ffff:10.0.0.0/" + (90 + random.nextInt(39));
            default ->
                    "10."
                            + random.nextInt(2)
                            + "."
                            + random.nextInt(2)
                            + "."
                            + random.nextInt(9)
                            + "/"
                            + (7 + random.nextInt(26));
        };
    }

    @Test
    void valuesMeetTheirWindows() {
        Random random = new Random(Seeds.next("RangeJoinTest.windows"));
        for (int round = 0; round < ROUNDS; round++) {
            List<String> values = some(random, 12, () -> "" + random.nextInt(12));
            List<String> windows =
                    some(random, 9, () -> random.nextInt(12) + " " + random.nextInt(12));
            String low = "CAST(split_part(y, ' ', 1) AS INTEGER)";
            String high = "CAST(split_part(y, ' ', 2) AS DOUBLE)";
            String value = "CAST(x AS INTEGER)";
            boolean isStrict = random.nextBoolean();
            String on =
                    isStrict
                            ? low + " < " + value + " AND " + value + " < " + high
                            : value + " >= " + low + " AND " + high + " >= " + value;
            assertJoins(
                    values,
                    windows,
                    on,
                    (x, y) -> {
                        if (x == null || y == null) {
                            return false;
                        }
                        int at = Integer.parseInt(x) * 2;
                        int strict = isStrict ? 1 : 0;
                        int from = Integer.parseInt(y.substring(0, y.indexOf(' '))) * 2 + strict;
                        int to = Integer.parseInt(y.substring(y.indexOf(' ') + 1)) * 2 - strict;
                        return from <= at && at <= to;
                    });
        }
    }

    @Test
    void eitherOfTwoKeys() {
        Random random = new Random(Seeds.next("RangeJoinTest.either"));
        for (int round = 0; round < ROUNDS; round++) {
            List<String> pairs =
                    some(random, 12, () -> random.nextInt(4) + " " + random.nextInt(4));
            List<String> keys = some(random, 9, () -> "" + random.nextInt(5));
            String on = "split_part(x, ' ', 1) = y OR split_part(x, ' ', 2) = y AND y <> '2'";
            assertJoins(
                    pairs,
                    keys,
                    on,
                    (x, y) ->
                            x != null
                                    && y != null
                                    && (x.startsWith(y) || (x.endsWith(y) && !y.equals("2"))));
        }
    }

    /// All outer joins, with either side first.
    private static void assertJoins(
            List<String> left,
            List<String> right,
            String on,
            BiPredicate<@Nullable String, @Nullable String> matches) {
        for (String type : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            boolean keepsLeft = type.startsWith("LEFT") || type.startsWith("FULL");
            boolean keepsRight = type.startsWith("RIGHT") || type.startsWith("FULL");
            List<String> expected = new ArrayList<>();
            for (String x : left) {
                List<String> found = right.stream().filter(y -> matches.test(x, y)).toList();
                found.forEach(y -> expected.add(x + "|" + y));
                if (found.isEmpty() && keepsLeft) {
                    expected.add(x + "|NULL");
                }
            }
            for (String y : right) {
                if (keepsRight && left.stream().noneMatch(x -> matches.test(x, y))) {
                    expected.add("NULL|" + y);
                }
            }
            List<String> wanted = sorted(expected.stream().map(RangeJoinTest::text).toList());
            String sql = with(left, right) + "SELECT x, y FROM a " + type + " b ON " + on;
            assertEquals(wanted, sorted(SqlRows.of(sql)), sql);
            String mirrored =
                    type.startsWith("LEFT")
                            ? type.replace("LEFT", "RIGHT")
                            : type.replace("RIGHT", "LEFT");
            String other = with(left, right) + "SELECT x, y FROM b " + mirrored + " a ON " + on;
            assertEquals(wanted, sorted(SqlRows.of(other)), other);
        }
    }

    private static String text(String row) {
        return row.replace("null", "NULL");
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().map(String::valueOf).sorted().toList();
    }

    private static List<String> some(
            Random random, int max, java.util.function.Supplier<String> value) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = random.nextInt(1, max); i > 0; i--) {
            values.add(random.nextInt(8) == 0 ? null : value.get());
        }
        return values;
    }

    private static String with(List<String> left, List<String> right) {
        return "WITH a AS (SELECT CAST(x AS VARCHAR) AS x FROM (VALUES "
                + literals(left)
                + ") AS v(x)), b AS (SELECT CAST(y AS VARCHAR) AS y FROM (VALUES "
                + literals(right)
                + ") AS v(y)) ";
    }

    private static String literals(List<String> values) {
        return String.join(
                ", ", values.stream().map(v -> v == null ? "NULL" : "'" + v + "'").toList());
    }

    @Test
    void aBlockThatIsNoneFailsWhereAnAddressAsks() {
        String nets = "(VALUES '10.0.0.0/8', 'nonsense') AS n(cidr)";
        QueryException failure =
                assertThrows(
                        QueryException.class,
                        () ->
                                SqlRows.of(
                                        "SELECT cidr FROM (VALUES '10.1.1.1') AS f(a) JOIN "
                                                + nets
                                                + " ON contains(cidr, CAST(a AS IPADDRESS))"));
        assertEquals("Invalid CIDR: nonsense", failure.getMessage());
        assertEquals(
                List.of(),
                SqlRows.of(
                        "SELECT cidr FROM (VALUES '-') AS f(a) JOIN "
                                + nets
                                + " ON contains(cidr, CAST(a AS IPADDRESS))"));
    }

    @Test
    void keysBesideABlockAreAskedToo() {
        assertEquals(
                List.of("10.1.1.1|b"),
                SqlRows.of(
                        "SELECT a, owner FROM (VALUES ('10.1.1.1', 2), ('10.1.1.1', 3)) AS f(a, v)"
                                + " JOIN (VALUES ('10.0.0.0/8', 1, 'a'), ('10.1.0.0/16', 2, 'b'))"
                                + " AS n(cidr, v, owner)"
                                + " ON n.v = f.v AND contains(cidr, CAST(a AS IPADDRESS))"));
    }
}
