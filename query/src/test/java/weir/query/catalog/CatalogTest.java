// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.NumberRows;
import weir.engine.segment.SegmentBuilder;
import weir.query.type.BasicType;

class CatalogTest {
    private static final Column START = Column.number("start", ColumnType.INT64);
    private static final Column PORT = Column.number("dstport", ColumnType.INT32);
    private static final Column DAY = Column.text("day");
    private static final Column FILE = Column.text("$path").hidden();
    private static final Column SEEN = Column.number("seen", ColumnType.TIMESTAMP);

    private static final Schema FLOWS =
            Schema.of(List.of(DAY, START, FILE, PORT, SEEN), START.name());

    /// A store with one segment that holds `start` and `dstport` only.
    private static Store store(Path directory) {
        Store store = Store.openOrCreate(directory);
        try (StoreWriter writer = store.writer()) {
            SegmentBuilder builder = new SegmentBuilder(START.name());
            fill(builder.numbers(START), 1_700_000_000L, 1_700_000_060L);
            fill(builder.numbers(PORT), 22, 443);
            builder.addRows(2);
            writer.commit(
                    Map.of("flows", FLOWS, "empty", FLOWS),
                    List.of(writer.write("flows", builder)));
        }
        return store;
    }

    private static void fill(NumberRows rows, long first, long second) {
        rows.put(0, new long[] {first, second}, 2);
        rows.filledTo(2);
    }

    private static Table table(Catalog catalog, String... name) {
        return assertInstanceOf(Table.class, catalog.table(List.of(name)));
    }

    private static List<String> names(Table table, boolean isHidden) {
        return table.columns().stream()
                .filter(column -> column.isHidden() == isHidden)
                .map(TableColumn::name)
                .toList();
    }

    @Test
    void columnsThatNoSegmentHoldsAreHiddenAndCanBeNamed(@TempDir Path directory) {
        try (Store store = store(directory)) {
            Table flows = table(Catalog.of(store.snapshot()), "flows");
            assertEquals(List.of("start", "dstport"), names(flows, false));
            assertEquals(
                    List.of(
                            "day",
                            "$path",
                            "seen",
                            "date",
                            "year",
                            "month",
                            "hour",
                            "$account",
                            "$region",
                            "$flow_log_id",
                            "$date"),
                    names(flows, true));
        }
    }

    @Test
    void withoutASegmentEveryColumnIsShown(@TempDir Path directory) {
        try (Store store = store(directory)) {
            Catalog catalog = Catalog.of(store.snapshot());
            Table empty = catalog.table(List.of("empty"));
            if (empty != null) {
                assertEquals(List.of("day", "start", "dstport", "seen"), names(empty, false));
            }
        }
    }

    @Test
    void typesAreThoseOfTheEngineAndDerivedColumnsComeFromTheTime(@TempDir Path directory) {
        try (Store store = store(directory)) {
            Table flows = table(Catalog.of(store.snapshot()), "flows");
            for (TableColumn column : flows.columns()) {
                BasicType expected =
                        switch (column.name()) {
                            case "start" -> BasicType.BIGINT;
                            case "dstport" -> BasicType.INTEGER;
                            case "seen" -> BasicType.TIMESTAMP_TZ;
                            case "date", "$date" -> BasicType.DATE;
                            default -> BasicType.VARCHAR;
                        };
                assertEquals(expected, column.type(), column.name());
                if (column.name().equals("hour")) {
                    assertEquals(
                            new TableColumn.Derived(TableColumn.Derivation.HOUR, 1),
                            column.origin());
                }
                if (column.name().equals("day")) {
                    assertEquals(new TableColumn.Stored(0), column.origin());
                }
            }
        }
    }

    @Test
    void theSegmentsTableTellsOfEverySegment(@TempDir Path directory) {
        try (Store store = store(directory)) {
            Table segments = table(Catalog.of(store.snapshot()), "system", "segments");
            Table.Rows rows = assertInstanceOf(Table.Rows.class, segments.source());
            assertEquals(1, rows.rows().size());
            @Nullable Object[] row = rows.rows().getFirst();
            assertEquals("flows", row[0]);
            assertEquals(2L, row[3]);
            assertEquals(1L, row[5]);
            assertEquals(1_700_000_000L, row[6]);
            assertEquals(1_700_000_060L, row[7]);
            assertEquals(2L, row[8]);
            assertEquals(segments.columns().size(), row.length);
        }
    }

    @Test
    void theLastPartOfANameDecidesAndCaseDoesNot() {
        Table flows = new Table("vpc_flow_logs", List.of(), new Table.Rows(List.of()));
        Table files = new Table("system.files", List.of(), new Table.Rows(List.of()));
        Catalog catalog = Catalog.of(List.of(flows, files));
        assertSame(flows, catalog.table(List.of("VPC_FLOW_LOGS")));
        assertSame(flows, catalog.table(List.of("awsdatacatalog", "mydb", "vpc_flow_logs")));
        assertSame(files, catalog.table(List.of("weir", "System", "Files")));
        assertNull(catalog.table(List.of("files")));
        assertNull(catalog.table(List.of("system", "vpc_flow_logs")));
        assertNotNull(catalog.tables());
    }
}
