// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import weir.engine.segment.RowMemory;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

class FlowRowsTest {
    private static final FlowFormat ALL =
            FlowFormat.parse(
                    RecordTable.VPC.fields().stream()
                            .map(FlowField::headerName)
                            .collect(Collectors.joining(" ")));

    private static long reservedBytes(FlowRows rows) {
        long bytes = 0;
        for (FlowField field : RecordTable.VPC.fields()) {
            bytes +=
                    field.kind().isNumber()
                            ? 4L * narrow(rows, field).length
                            : 4L * rows.builder().codes(field.column()).withRoomFor(0).length;
        }
        return bytes;
    }

    private static int[] narrow(FlowRows rows, FlowField field) {
        return Objects.requireNonNull(
                rows.builder().numbers(field.column()).narrowWithRoomFor(0), "narrow");
    }

    @Test
    void whatIsReservedStaysWithinTheBudgetHoweverManyColumnsThereAre() {
        FlowRows rows = new FlowRows(1 << 20, 1 << 20, 10 << 20, new RowMemory());
        rows.bind(ALL);
        assertTrue(reservedBytes(rows) <= 10 << 20, "reserved: " + reservedBytes(rows));
        assertTrue(reservedBytes(rows) > 9 << 20, "reserved: " + reservedBytes(rows));
    }

    @Test
    void aSecondFormatReservesNothingAndShortensTheSegment() {
        FlowRows rows = new FlowRows(1 << 20, 1 << 20, 10 << 20, new RowMemory());
        rows.bind(FlowFormat.parse("bytes"));
        assertEquals((10 << 20) / 12, rows.room());
        long before = reservedBytes(rows);
        rows.bind(ALL);
        assertEquals(before, reservedBytes(rows));
        int room = rows.room();
        assertTrue(room <= (10 << 20) / (4 * RecordTable.VPC.fields().size()), "room: " + room);
    }
}
