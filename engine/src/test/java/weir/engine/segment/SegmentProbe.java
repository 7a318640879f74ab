// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.SampleTable;
import weir.engine.scan.CodeSet;
import weir.engine.scan.Predicate;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// Asks a segment of the [SampleTable] in every way there is: all rows, and rows by way of zones,
/// dictionaries, bitmaps and page indexes. Two segments that give the same number have the same
/// rows and give them alike.
public final class SegmentProbe {
    private static final List<@Nullable Predicate> QUESTIONS =
            List.of(
                    new Predicate.NumberRange(SampleTable.TIME, 1_700_000_010L, 1_700_000_200L),
                    new Predicate.NumberIn(SampleTable.PORT, List.of(22L, 443L, 8080L)),
                    new Predicate.NumberIn(SampleTable.OTHER_PORT, List.of(443L)),
                    new Predicate.NumberAbsent(SampleTable.FLAGS),
                    text(SampleTable.ACTION, "REJECT"),
                    text(SampleTable.OWNER, "owner-77"),
                    new Predicate.Or(
                            List.of(
                                    text(SampleTable.SOURCE, "10.0.1.7"),
                                    text(SampleTable.TARGET, "10.0.1.7"))),
                    new Predicate.Matches(
                            SampleTable.PACKET_SOURCE,
                            dictionary -> CodeSet.range(1, dictionary.size() / 2)));

    private SegmentProbe() {}

    private static Predicate text(Column column, String text) {
        return new Predicate.Matches(
                column,
                dictionary -> {
                    int code = dictionary.codeOf(text);
                    return code < 0 ? CodeSet.none() : CodeSet.range(code, code);
                });
    }

    /// The number of the segment in `file`.
    ///
    /// @throws weir.engine.fault.StoreException when damage was noticed
    public static long of(Path file) {
        try (SegmentReader segment = SegmentReader.open(file)) {
            return of(segment);
        }
    }

    /// The number of an open segment.
    public static long of(SegmentReader segment) {
        long hash = scan(segment, null);
        for (Predicate question : QUESTIONS) {
            hash = mixed(hash + scan(segment, question));
        }
        return hash;
    }

    private static long scan(SegmentReader segment, @Nullable Predicate predicate) {
        ScanRequest request = ScanRequest.of(SampleTable.COLUMNS, predicate);
        SegmentScan scan = SegmentScan.of(segment, request, new ScanMetrics());
        long hash = 0;
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            for (Vector column : batch.columns()) {
                hash = add(hash, column, batch.rowCount());
            }
        }
        return hash;
    }

    private static long add(long before, Vector column, int rows) {
        long hash = before;
        switch (column) {
            case Vector.Longs longs -> {
                for (int row = 0; row < rows; row++) {
                    hash = mixed(hash + (longs.isNull(row) ? 17 : longs.values()[row] * 31));
                }
            }
            case Vector.Codes codes -> {
                Dictionary dictionary = codes.dictionary();
                for (int row = 0; row < rows; row++) {
                    String text = dictionary.text(codes.codes()[row]);
                    hash = mixed(hash + (text == null ? 17 : text.hashCode()));
                }
            }
            default -> throw new AssertionError("no such column here");
        }
        return hash;
    }

    /// The same in every process, which hashes of keys are not.
    private static long mixed(long number) {
        long product = number * 0x9e37_79b9_7f4a_7c15L;
        return product ^ (product >>> 32);
    }
}
