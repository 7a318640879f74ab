// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.StorageHints;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A store of random flows in several segments, some of which lack columns, and the same rows as
/// plain values for slow twins.
final class SampleTable implements AutoCloseable {
    static final int SRC = 0;
    static final int DST = 1;
    static final int PORT = 2;
    static final int BYTES = 3;
    static final int START = 4;
    static final int ACTION = 5;
    static final int NOTE = 6;
    static final int FLAGS = 7;
    static final int REGION = 8;

    static final List<Column> COLUMNS =
            List.of(
                    address("srcaddr"),
                    address("dstaddr"),
                    Column.number("dstport", ColumnType.INT32),
                    Column.number("bytes", ColumnType.INT64),
                    Column.number("start", ColumnType.INT64),
                    Column.text("action").absentAs("-"),
                    Column.text("note").absentAs("-"),
                    Column.number("tcp_flags", ColumnType.INT32),
                    Column.text("region"));

    private static final Set<Integer> OPTIONAL = Set.of(FLAGS, REGION, NOTE);

    final Store store;
    final List<@Nullable Object[]> rows = new ArrayList<>();

    private SampleTable(Store store) {
        this.store = store;
    }

    private static Column address(String name) {
        return new Column(name, ColumnType.ADDRESS, "address", "-", false);
    }

    static SqlType type(int column) {
        return switch (COLUMNS.get(column).type()) {
            case INT32 -> BasicType.INTEGER;
            case INT64 -> BasicType.BIGINT;
            case TIMESTAMP -> BasicType.TIMESTAMP_TZ;
            case TEXT, ADDRESS -> BasicType.VARCHAR;
        };
    }

    /// Segments of these sizes.
    static SampleTable create(Path directory, Random random, int... segmentRows) {
        return create(directory, random, StorageHints.NONE, segmentRows);
    }

    /// The same, written as `hints` says.
    static SampleTable create(
            Path directory, Random random, StorageHints hints, int... segmentRows) {
        SampleTable table;
        try (Store store = Store.openOrCreate(directory);
                StoreWriter writer = store.writer()) {
            List<StoreWriter.WrittenSegment> written = new ArrayList<>();
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int segment = 0; segment < segmentRows.length; segment++) {
                List<@Nullable Object[]> own = new ArrayList<>();
                for (int row = 0; row < segmentRows[segment]; row++) {
                    own.add(row(random, segment, row));
                }
                written.add(writer.write("flows", builder(own, segment, hints)));
                rows.addAll(own);
            }
            writer.commit(Map.of("flows", Schema.of(COLUMNS, "start")), written);
            table = new SampleTable(Store.open(directory));
            table.rows.addAll(rows);
        }
        return table;
    }

    private static boolean isHeld(int column, int segment) {
        return !OPTIONAL.contains(column) || segment % 2 == 0;
    }

    private static @Nullable Object[] row(Random random, int segment, int row) {
        @Nullable Object[] values = {
            address(random),
            address(random),
            random.nextInt(9) == 0 ? null : (Object) (long) random.nextInt(1, 60),
            random.nextInt(9) == 0 ? null : (Object) (long) random.nextInt(-50, 5000),
            1_700_000_000L + segment * 3600L + row / 3,
            pick(random, "ACCEPT", "REJECT", "ACCEPT", "-"),
            pick(random, "10.1.2.3", "-", "x", "h\u00e9llo", "a.b.c", "2001:db8::1"),
            random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(32),
            pick(random, "us-east-1", "eu-west-1", null),
        };
        for (int column = 0; column < values.length; column++) {
            if (!isHeld(column, segment)) {
                values[column] = COLUMNS.get(column).absentText();
            }
        }
        return values;
    }

    private static @Nullable String pick(Random random, @Nullable String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String address(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "-";
            case 1 -> "2001:db8::" + Integer.toHexString(1 + random.nextInt(20));
            case 2 -> "10.1" + random.nextInt(3) + ".0." + random.nextInt(4);
            default -> "10." + random.nextInt(3) + "." + random.nextInt(4) + ".7";
        };
    }

    private static SegmentBuilder builder(
            List<@Nullable Object[]> rows, int segment, StorageHints hints) {
        SegmentBuilder builder = new SegmentBuilder("start", hints);
        for (int c = 0; c < COLUMNS.size(); c++) {
            if (isHeld(c, segment)) {
                fill(builder, COLUMNS.get(c), rows, c);
            }
        }
        builder.addRows(rows.size());
        return builder;
    }

    private static void fill(
            SegmentBuilder builder, Column column, List<@Nullable Object[]> rows, int index) {
        if (!column.type().isDictionary()) {
            long[] values = new long[rows.size()];
            for (int row = 0; row < rows.size(); row++) {
                Object value = rows.get(row)[index];
                values[row] = value == null ? Column.ABSENT : (Long) value;
            }
            builder.numbers(column).put(0, values, values.length);
            builder.numbers(column).filledTo(rows.size());
            return;
        }
        int[] ids = builder.codes(column).withRoomFor(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            String text = (String) rows.get(row)[index];
            ids[row] =
                    text == null || text.equals(column.absentText())
                            ? 0
                            : id(builder, column, text);
        }
        builder.codes(column).filledTo(rows.size());
    }

    private static int id(SegmentBuilder builder, Column column, String text) {
        if (column.type() == ColumnType.TEXT) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return builder.texts(column).idOf(bytes, 0, bytes.length);
        }
        IpAddress address = IpAddress.parse(text);
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        return builder.addresses(column).idOf(address.high(), address.low());
    }

    Catalog catalog() {
        return Catalog.of(store.snapshot());
    }

    Table table() {
        Table table = catalog().table(List.of("flows"));
        if (table == null) {
            throw new IllegalStateException("no table");
        }
        return table;
    }

    /// All columns in order.
    LogicalPlan.Scan scan(@Nullable Expr filter) {
        List<Integer> ordinals = new ArrayList<>();
        List<LogicalPlan.Field> output = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            ordinals.add(i);
            output.add(new LogicalPlan.Field(COLUMNS.get(i).name(), type(i)));
        }
        return new LogicalPlan.Scan(table(), ordinals, output, filter);
    }

    @Override
    public void close() {
        store.close();
    }
}
