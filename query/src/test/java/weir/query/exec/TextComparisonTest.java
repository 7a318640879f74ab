// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.query.QueryOptions;
import weir.testkit.Seeds;

/// Texts of two columns that share a dictionary, compared by their places in it.
class TextComparisonTest {
    private static final int ROWS = 3000;

    private static final Map<String, IntPredicate> OPERATORS =
            Map.of(
                    "=", compared -> compared == 0,
                    "<>", compared -> compared != 0,
                    "<", compared -> compared < 0,
                    "<=", compared -> compared <= 0,
                    ">", compared -> compared > 0,
                    ">=", compared -> compared >= 0);

    @TempDir Path directory;

    private record Pair(@Nullable String left, @Nullable String right) {}

    private static @Nullable String address(Random random, boolean hasV6, @Nullable String absent) {
        return switch (random.nextInt(hasV6 ? 6 : 5)) {
            case 0 -> absent;
            case 1 -> "10.0.0." + random.nextInt(256);
            case 5 -> "2001:db8::" + Integer.toHexString(1 + random.nextInt(300));
            default -> IpAddress.ofV4(random.nextInt()).toString();
        };
    }

    /// Writes pairs of addresses, absent ones reading as `absent`.
    private List<Pair> write(Store store, Random random, boolean hasV6, @Nullable String absent) {
        Column left = new Column("a", ColumnType.ADDRESS, "address", absent, false);
        Column right = new Column("b", ColumnType.ADDRESS, "address", absent, false);
        SegmentBuilder builder = new SegmentBuilder(null);
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            String one = address(random, hasV6, absent);
            String other = random.nextInt(4) == 0 ? one : address(random, hasV6, absent);
            pairs.add(new Pair(one, other));
            builder.codes(left).set(row, id(builder, left, one));
            builder.codes(right).set(row, id(builder, right, other));
        }
        builder.addRows(ROWS);
        try (StoreWriter writer = store.writer()) {
            List<StoreWriter.WrittenSegment> written = List.of(writer.write("t", builder));
            writer.commit(Map.of("t", Schema.of(List.of(left, right), null)), written);
        }
        return pairs;
    }

    private static int id(SegmentBuilder builder, Column column, @Nullable String text) {
        IpAddress address = text == null ? null : IpAddress.parse(text);
        return address == null ? 0 : builder.addresses(column).idOf(address.high(), address.low());
    }

    private void check(boolean hasV6, @Nullable String absent) {
        Random random = new Random(Seeds.next("TextComparisonTest"));
        Path folder = directory.resolve(hasV6 + "-" + absent);
        try (Store store = Store.openOrCreate(folder)) {
            List<Pair> pairs = write(store, random, hasV6, absent);
            OPERATORS.forEach((operator, isTrue) -> {
                List<String> expected = new ArrayList<>();
                for (Pair pair : pairs) {
                    boolean isNull = pair.left == null || pair.right == null;
                    expected.add(isNull ? "NULL" : isTrue.test(compare(pair)) ? "true" : "false");
                }
                assertEquals(expected, rows(store, "SELECT a " + operator + " b FROM t"));
            });
            List<String> lesser = new ArrayList<>();
            for (Pair pair : pairs) {
                boolean isLeft = pair.left != null && pair.right != null && compare(pair) < 0;
                lesser.add(Objects.requireNonNullElse(isLeft ? pair.left : pair.right, "NULL"));
            }
            assertEquals(lesser, rows(store, "SELECT CASE WHEN a < b THEN a ELSE b END FROM t"));
        }
    }

    private static int compare(Pair pair) {
        return Objects.requireNonNull(pair.left).compareTo(Objects.requireNonNull(pair.right));
    }

    private static List<String> rows(Store store, String sql) {
        return StatementRows.of(store, sql, QueryOptions.defaults()).rows();
    }

    @Test
    void comparisonsAreThoseOfTheTexts() {
        for (boolean hasV6 : new boolean[] {false, true}) {
            check(hasV6, "-");
            check(hasV6, null);
            check(hasV6, "none");
        }
    }
}
