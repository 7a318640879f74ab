// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.StorageHints;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Random rows as plain objects, the judge, and the same rows in a segment builder.
public final class SampleTable {
    public static final Column TIME = Column.number("time", ColumnType.INT64);
    public static final Column PORT = Column.number("port", ColumnType.INT32);
    public static final Column BYTES = Column.number("bytes", ColumnType.INT64);
    public static final Column ACTION = Column.text("action").absentAs("-");
    public static final Column OWNER = Column.text("owner");
    public static final Column FLAGS = Column.number("flags", ColumnType.INT32);
    public static final Column UNTIL = Column.number("until", ColumnType.INT64);
    public static final Column OTHER_PORT = Column.number("other_port", ColumnType.INT32);
    public static final Column PACKET_SOURCE = address("packet_source");
    public static final Column SOURCE = address("source");
    public static final Column TARGET = address("target");

    /// Never in any segment.
    public static final Column GHOST_NUMBER = Column.number("ghost_number", ColumnType.INT64);

    public static final Column GHOST_TEXT = Column.text("ghost_text").absentAs("-");

    public static final List<Column> COLUMNS =
            List.of(
                    UNTIL,
                    TIME,
                    PORT,
                    OTHER_PORT,
                    BYTES,
                    ACTION,
                    FLAGS,
                    OWNER,
                    PACKET_SOURCE,
                    SOURCE,
                    TARGET);

    /// How these columns predict each other; the ghost is in no segment.
    public static final StorageHints HINTS =
            new StorageHints(
                    "owner",
                    List.of(
                            new StorageHints.Pair("source", "target", "owner"),
                            new StorageHints.Pair("port", "other_port", null),
                            new StorageHints.Pair("ghost_number", "bytes", null)),
                    List.of(
                            new StorageHints.Link("packet_source", "source"),
                            new StorageHints.Link("ghost_text", "action")),
                    List.of(new StorageHints.Link("until", "time")),
                    List.of(List.of("action", "flags", "ghost_text"), List.of("ghost_flag")),
                    List.of(List.of("port", "other_port"), List.of("ghost_number")));

    /// Summaries of these columns, one by a ghost.
    public static final List<StorageHints.Summary> SUMMARIES =
            List.of(
                    new StorageHints.Summary(
                            List.of("time", "action", "ghost_flag"), List.of("bytes", "flags")),
                    new StorageHints.Summary(
                            List.of("source", "owner", "port"), List.of("bytes", "ghost_number")));

    public static final Schema SCHEMA = Schema.of(COLUMNS, "time");

    private static final String[] ACTIONS = {"ACCEPT", "ACCEPT", "ACCEPT", "REJECT"};

    private SampleTable() {}

    private static Column address(String name) {
        return new Column(name, ColumnType.ADDRESS, "address", "-", false);
    }

    /// `count` rows, ordered by time but for some.
    public static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("time", 1_700_000_000L + i / 3 + random.nextInt(5));
            int owner = random.nextInt(3) == 0 ? -1 : random.nextInt(500);
            if (owner >= 0) {
                row.put("owner", "owner-" + owner);
            }
            if (random.nextInt(50) > 0) {
                row.put("port", random.nextInt(3) > 0 ? 443L : random.nextInt(65_536));
                row.put("other_port", random.nextInt(3) > 0 ? random.nextInt(65_536) : 443L);
                row.put(
                        "bytes",
                        random.nextInt(99) > 0 ? random.nextInt(5000) : random.nextLong() >>> 1);
                row.put("action", ACTIONS[random.nextInt(i / 40_000 + 1) % 4]);
                row.put("flags", row.get("action").equals("ACCEPT") ? 19 : 2 * random.nextInt(3));
                row.put("source", address(random));
                row.put("target", address(random));
                if (owner >= 0) {
                    row.put(random.nextBoolean() ? "source" : "target", "10.99.0." + owner % 250);
                }
                boolean isSame = random.nextInt(20) > 0;
                row.put("packet_source", isSame ? row.get("source") : address(random));
            }
            if (owner != 7) {
                row.put("until", (Long) row.get("time") + random.nextInt(60));
            }
            row.replaceAll(
                    (_, value) -> value instanceof Integer n ? (Object) n.longValue() : value);
            rows.add(row);
        }
        return rows;
    }

    private static String address(Random random) {
        IpAddress address =
                random.nextInt(10) == 0
                        ? new IpAddress(0x2001_0db8_0000_0000L, random.nextInt(300))
                        : IpAddress.ofV4(0x0a000000 | random.nextInt(4000));
        return address.toString();
    }

    /// A builder of these rows.
    public static SegmentBuilder builder(List<Map<String, Object>> rows) {
        return builder(rows, StorageHints.NONE);
    }

    /// A builder of these rows with hints.
    public static SegmentBuilder builder(List<Map<String, Object>> rows, StorageHints hints) {
        SegmentBuilder builder = new SegmentBuilder("time", hints);
        // In uneven steps, so that columns come late and are completed.
        int from = 0;
        for (int step = 1; from < rows.size(); step = step * 3 + 1) {
            int to = Math.min(rows.size(), from + step);
            append(builder, rows.subList(from, to));
            from = to;
        }
        return builder;
    }

    private static void append(SegmentBuilder builder, List<Map<String, Object>> rows) {
        int first = builder.rowCount();
        for (Column column : COLUMNS) {
            if (rows.stream().noneMatch(row -> row.containsKey(column.name()))) {
                continue;
            }
            if (column.type().isDictionary()) {
                int[] ids = builder.codes(column).withRoomFor(first + rows.size());
                for (int i = 0; i < rows.size(); i++) {
                    ids[first + i] = id(builder, column, (String) rows.get(i).get(column.name()));
                }
                builder.codes(column).filledTo(first + rows.size());
            } else {
                long[] values = new long[rows.size()];
                for (int i = 0; i < rows.size(); i++) {
                    Object value = rows.get(i).get(column.name());
                    values[i] = value == null ? Column.ABSENT : (Long) value;
                }
                builder.numbers(column).put(first, values, values.length);
                builder.numbers(column).filledTo(first + rows.size());
            }
        }
        builder.addRows(rows.size());
    }

    private static int id(SegmentBuilder builder, Column column, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (column.type() == ColumnType.ADDRESS) {
            IpAddress address = Objects.requireNonNull(IpAddress.parse(text));
            return builder.addresses(column).idOf(address.high(), address.low());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return builder.texts(column).idOf(bytes, 0, bytes.length);
    }

    /// All rows of `table` as it is stored, with values as [#rows] makes them.
    public static List<Map<String, Object>> read(TableSnapshot table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SegmentReader segment : table.segments()) {
            List<Column> columns = segment.schema().columns();
            SegmentScan scan =
                    SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
            for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    Map<String, Object> values = new HashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        Object value = value(batch.column(i), row);
                        if (value != null) {
                            values.put(columns.get(i).name(), value);
                        }
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static @Nullable Object value(Vector vector, int row) {
        return switch (vector) {
            case Vector.Longs longs -> longs.isNull(row) ? null : (Object) longs.values()[row];
            case Vector.Codes codes when codes.codes()[row] == 0 -> null;
            case Vector.Codes codes -> codes.dictionary().text(codes.codes()[row]);
            default -> throw new AssertionError("no such vector in a table: " + vector);
        };
    }

    /// Rows as text in an order of their own, to be compared as multisets.
    public static List<String> sorted(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> new TreeMap<>(row).toString()).sorted().toList();
    }
}
