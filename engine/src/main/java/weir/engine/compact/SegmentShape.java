// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Dictionary;

/// What planning knows of a segment: so little that any number of them fits in memory.
///
/// @param segmentId its number
/// @param position its place in its table, in order of publication
/// @param rowCount its rows
/// @param columns which columns of the table it has, by their places there
/// @param valueBytes bytes of the heap that the values of its dictionaries take, about
/// @param time the times of its rows; null when none has one
public record SegmentShape(
        long segmentId,
        int position,
        int rowCount,
        BitSet columns,
        long valueBytes,
        @Nullable TimeRange time) {
    /// An address under construction and in the dictionary it comes from, with its hash slots and
    /// its place in the order.
    private static final int ADDRESS_BYTES = 100;

    /// A text without its letters.
    private static final int TEXT_BYTES = 150;

    /// Letters as bytes in the pool, in the sink, and as the text that is read.
    private static final int LETTER_BYTES = 4;

    /// The first and the last second of some rows.
    public record TimeRange(long first, long last) {}

    /// The shape of `segment`, which stands at `position` of a table of `schema`.
    public static SegmentShape of(SegmentReader segment, int position, Schema schema) {
        BitSet columns = new BitSet();
        Map<String, Dictionary> dictionaries = new HashMap<>();
        long valueBytes = 0;
        for (Column column : segment.schema().columns()) {
            columns.set(Math.max(0, schema.indexOf(column.name())));
            ColumnReader reader = segment.column(column.name());
            if (reader != null
                    && column.type().isDictionary()
                    && dictionaries.put(column.dictionary(), reader.dictionary()) == null) {
                valueBytes += valueBytes(reader.dictionary(), column.type());
            }
        }
        return new SegmentShape(
                segment.segmentId(),
                position,
                segment.rowCount(),
                columns,
                valueBytes,
                timeRange(segment, schema));
    }

    private static long valueBytes(Dictionary dictionary, ColumnType type) {
        if (type == ColumnType.ADDRESS) {
            return (long) ADDRESS_BYTES * dictionary.size();
        }
        long bytes = (long) TEXT_BYTES * dictionary.size();
        for (int code = 1; code < dictionary.size(); code++) {
            String text = dictionary.text(code);
            bytes += text == null ? 0 : (long) LETTER_BYTES * text.length();
        }
        return bytes;
    }

    /// The times of the rows of `segment` in a table of `schema`; null when none has one.
    public static @Nullable TimeRange timeRange(SegmentReader segment, Schema schema) {
        String name = schema.timeColumn();
        ColumnReader column = name == null ? null : segment.column(name);
        ZoneMap zone = column == null ? null : column.zone();
        return zone == null || zone.isAllAbsent() ? null : new TimeRange(zone.min(), zone.max());
    }
}
