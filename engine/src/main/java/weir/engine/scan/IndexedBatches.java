// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import org.jspecify.annotations.Nullable;
import weir.engine.index.PageIndex;
import weir.engine.segment.ColumnReader;

/// What the page index of one column says of the keys that a test looks for: asked for when a block
/// is first looked at, since most segments are excluded before. Belongs to one thread.
final class IndexedBatches {
    private final ColumnCursor cursor;
    private final long min;
    private final long max;
    private final PageIndex.Keys keys;
    private boolean isAsked;
    private int @Nullable [] batches;

    /// @param min the least key
    /// @param max the greatest key
    IndexedBatches(ColumnCursor cursor, long min, long max, PageIndex.Keys keys) {
        this.cursor = cursor;
        this.min = min;
        this.max = max;
        this.keys = keys;
    }

    /// The batches of a block that may have one of the keys, one bit each.
    int of(int block) {
        ask();
        return batches == null ? RowTest.ALL_BATCHES : batches[block];
    }

    private void ask() {
        if (!isAsked) {
            isAsked = true;
            ColumnReader reader = cursor.reader();
            PageIndex index = reader == null ? null : reader.pageIndex();
            batches = index == null || !index.covers(min, max) ? null : index.batches(keys);
        }
    }
}
