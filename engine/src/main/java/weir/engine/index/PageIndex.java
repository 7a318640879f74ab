// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.AscendingNumbers;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Key to pages: for one column, or for several that are asked together, which pages of rows have a
/// key in any of them. A key is the dictionary code, or the number itself. A page is a block or a
/// batch. Of keys outside the range that is covered, nothing is known.
///
/// ```text
///  0  page rows  4 bytes, rows of a page: 2,048 or 65,536
///  4  pages      4 bytes, how many pages the segment has
///  8  first      8 bytes, the least key that is covered
/// 16  last       8 bytes, the greatest key that is covered
/// 24  postings   ascending numbers: (key - first) * pages + page, for each page that has the key
/// ```
///
/// Immutable and safe for many readers.
public final class PageIndex {
    private static final int HEADER_BYTES = 24;

    /// No key is further from 0: what is reckoned with keys stays within 64 bits.
    private static final long KEY_MAX = 1L << 60;

    private static final int BLOCK_BATCHES = Limits.BLOCK_ROWS / Limits.BATCH_ROWS;

    private final int pageRows;
    private final int pageCount;
    private final long first;
    private final long last;
    private final AscendingNumbers postings;

    private PageIndex(
            int pageRows, int pageCount, long first, long last, AscendingNumbers postings) {
        this.pageRows = pageRows;
        this.pageCount = pageCount;
        this.first = first;
        this.last = last;
        this.postings = postings;
    }

    static void encode(
            int pageRows, int pageCount, long first, long last, long[] postings, ByteSink sink) {
        sink.putInt(pageRows);
        sink.putInt(pageCount);
        sink.putLong(first);
        sink.putLong(last);
        AscendingNumbers.encode(postings, postings.length, sink);
    }

    /// Reads what [PageIndexBuilder] appended.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no index of a segment
    ///   of `rowCount` rows
    public static PageIndex decode(Slice body, int rowCount) {
        int pageRows = body.intAt(0);
        int pageCount = body.intAt(4);
        long first = body.longAt(8);
        long last = body.longAt(16);
        if (pageRows != Limits.BATCH_ROWS && pageRows != Limits.BLOCK_ROWS) {
            throw body.corrupt(0, "pages of 2048 or 65536 rows", Integer.toString(pageRows));
        }
        if (pageCount != pageCount(rowCount, pageRows)) {
            throw body.corrupt(
                    4, pageCount(rowCount, pageRows) + " pages", Integer.toString(pageCount));
        }
        long keys = last - first + 1;
        if (last < first || keys <= 0 || keys > Integer.MAX_VALUE || Math.abs(last) > KEY_MAX) {
            throw body.corrupt(8, "a range of keys", first + " to " + last);
        }
        AscendingNumbers postings =
                AscendingNumbers.decode(body.slice(HEADER_BYTES, body.size() - HEADER_BYTES));
        return new PageIndex(pageRows, pageCount, first, last, postings);
    }

    static int pageCount(int rowCount, int pageRows) {
        return (rowCount + pageRows - 1) / pageRows;
    }

    /// How many keys are covered.
    long keyCount() {
        return last - first + 1;
    }

    /// The postings that the index of a column of these keys has.
    long[] postingsOf(long[] values) {
        int[] keys = new int[values.length];
        for (int row = 0; row < values.length; row++) {
            keys[row] = covers(values[row], values[row]) ? (int) (values[row] - first) : -1;
        }
        return PageIndexBuilder.postings(List.of(keys), values.length, pageRows, (int) keyCount());
    }

    /// Where the postings are not `expected`, which ascend; null when they are.
    @Nullable IndexDifference difference(long[] expected) {
        AscendingNumbers.Cursor cursor = postings.cursor();
        long next = 0;
        for (long posting : expected) {
            long found = cursor.seek(next);
            if (found != posting) {
                return new IndexDifference(words(posting), words(found));
            }
            next = posting + 1;
        }
        long found = cursor.seek(next);
        return found == AscendingNumbers.Cursor.END
                ? null
                : new IndexDifference(words(AscendingNumbers.Cursor.END), words(found));
    }

    private String words(long posting) {
        return posting == AscendingNumbers.Cursor.END
                ? "nothing more"
                : "key %d in page %d".formatted(first + posting / pageCount, posting % pageCount);
    }

    /// Whether the index knows of every key from `min` to `max`.
    public boolean covers(long min, long max) {
        return min >= first && max <= last;
    }

    /// The keys that are looked for, in ascending order.
    @FunctionalInterface
    public interface Keys {
        /// What [#next] gives behind the last key.
        long NONE = Long.MAX_VALUE;

        /// The least key that is looked for and not below `from`, or [#NONE].
        long next(long from);
    }

    /// For each block of the segment a bit for each of its batches, 0 only where no row of the
    /// batch has one of the keys; null when one of the keys is not covered, so that nothing is
    /// known.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the index is damaged
    public int @Nullable [] batches(Keys keys) {
        int[] batches = new int[pageCount(pageCount * pageRows, Limits.BLOCK_ROWS)];
        AscendingNumbers.Cursor cursor = postings.cursor();
        long key = keys.next(Long.MIN_VALUE);
        if (key < first) {
            return null;
        }
        while (key <= last) {
            long posting = cursor.seek((key - first) * pageCount);
            while (posting / pageCount == key - first) {
                add((int) (posting % pageCount), batches);
                posting = cursor.seek(posting + 1);
            }
            long found =
                    posting == AscendingNumbers.Cursor.END ? last : posting / pageCount + first;
            key = keys.next(Math.max(key + 1, found));
        }
        return key == Keys.NONE ? batches : null;
    }

    private void add(int page, int[] batches) {
        if (pageRows == Limits.BLOCK_ROWS) {
            batches[page] = -1;
        } else {
            batches[page / BLOCK_BATCHES] |= 1 << page % BLOCK_BATCHES;
        }
    }
}
