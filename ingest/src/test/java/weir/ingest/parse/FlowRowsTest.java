// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;

class FlowRowsTest {
    private static final FlowFormat ALL =
            FlowFormat.parse(
                    Arrays.stream(FlowField.values())
                            .map(FlowField::headerName)
                            .collect(Collectors.joining(" ")));

    private static long reservedBytes(FlowRows rows) {
        long bytes = 0;
        for (FlowField field : FlowField.values()) {
            bytes +=
                    field.kind().isNumber()
                            ? 8L * rows.builder().numbers(field.column()).withRoomFor(0).length
                            : 4L * rows.builder().codes(field.column()).withRoomFor(0).length;
        }
        return bytes;
    }

    @Test
    void whatIsReservedStaysWithinTheBudgetHoweverManyColumnsThereAre() {
        FlowRows rows = new FlowRows(1 << 20, 1 << 20, 10 << 20);
        rows.bind(ALL);
        assertTrue(reservedBytes(rows) <= 10 << 20, "reserved: " + reservedBytes(rows));
        assertTrue(reservedBytes(rows) > 9 << 20, "reserved: " + reservedBytes(rows));
    }

    @Test
    void aSecondFormatReservesNothingAndShortensTheSegment() {
        FlowRows rows = new FlowRows(1 << 20, 1 << 20, 10 << 20);
        rows.bind(FlowFormat.parse("bytes"));
        assertEquals((10 << 20) / 16, rows.room());
        long before = reservedBytes(rows);
        rows.bind(ALL);
        assertEquals(before, reservedBytes(rows));
        int room = rows.room();
        assertTrue(room <= (10 << 20) / (4 * FlowField.values().length), "room: " + room);
    }
}
