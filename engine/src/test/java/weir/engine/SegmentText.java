// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.ArrayList;
import java.util.List;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// The rows of a segment as people read them.
public final class SegmentText {
    /// How a row without a value reads.
    public static final String ABSENT = "absent";

    private SegmentText() {}

    /// The values of every row, column by column as the schema of the segment has them.
    public static List<List<String>> rows(SegmentReader segment) {
        List<List<String>> rows = new ArrayList<>();
        List<Column> columns = segment.schema().columns();
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<String> values = new ArrayList<>();
                for (Vector column : batch.columns()) {
                    values.add(value(column, row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static String value(Vector column, int row) {
        return switch (column) {
            case Vector.Longs longs ->
                    longs.isNull(row) ? ABSENT : Long.toString(longs.values()[row]);
            case Vector.Codes codes when codes.codes()[row] == 0 -> ABSENT;
            case Vector.Codes codes -> String.valueOf(codes.dictionary().text(codes.codes()[row]));
            default -> throw new AssertionError("no such vector in a segment: " + column);
        };
    }
}
