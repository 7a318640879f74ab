// SPDX-License-Identifier: Apache-2.0
package weir.query.change;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentBuilder;

/// Texts of rows of a segment.
final class RowText {
    private RowText() {}

    /// Sets the text of row `row`, the first without one; null is NULL.
    static void put(SegmentBuilder builder, Column column, int row, @Nullable String text) {
        putId(builder, column, row, text == null ? 0 : idOf(builder, column, text));
    }

    /// The number of `text` among the texts of `column`.
    static int idOf(SegmentBuilder builder, Column column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return builder.texts(column).idOf(bytes, 0, bytes.length);
    }

    static void putId(SegmentBuilder builder, Column column, int row, int id) {
        builder.codes(column).withRoomFor(row + 1)[row] = id;
        builder.codes(column).filledTo(row + 1);
    }
}
