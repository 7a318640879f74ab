// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.schema.Column;

/// Builds a [PageIndex]: counts which keys stand in which pages, and how many keys fit the bytes
/// that an index may take. Stateless; the columns are those of a segment before it is written.
public final class PageIndexBuilder {
    /// Nor do numbers that are further from 0.
    private static final long NUMBER_MAX = 1L << 59;

    /// What a posting takes at most in practice, in bytes: a gap of up to 12 bits.
    private static final double POSTING_BYTES = 1.5;

    private PageIndexBuilder() {}

    /// Appends the index of dictionary columns that share a dictionary: by batches, or by blocks
    /// where that takes too many bytes, or not at all where that does too. Gives whether it did.
    ///
    /// @param columns the codes of each column
    /// @param codeCount how many codes the dictionary has, absent among them
    public static boolean encodeCodes(
            List<long[]> columns, int rowCount, int codeCount, ByteSink sink) {
        for (int pageRows : new int[] {Limits.BATCH_ROWS, Limits.BLOCK_ROWS}) {
            int pageCount = PageIndex.pageCount(rowCount, pageRows);
            if (pageCount < 2) {
                return false;
            }
            long[] postings = postings(columns, pageRows, 0, codeCount - 1);
            int start = sink.size();
            PageIndex.encode(pageRows, pageCount, 0, codeCount - 1L, postings, sink);
            if (keptWithin(Limits.PAGES_BYTES_PER_1000_ROWS, start, rowCount, sink)) {
                return true;
            }
        }
        return false;
    }

    private static boolean keptWithin(int bytesPer1000, int start, int rowCount, ByteSink sink) {
        if (sink.size() - start <= (long) rowCount * bytesPer1000 / 1000) {
            return true;
        }
        sink.truncate(start);
        return false;
    }

    /// Appends the index of number columns that are looked up together, by batches: of as many
    /// numbers from the least on as fit. Gives whether it did.
    ///
    /// Ports are like that: services have low ones, and an index of the high ones that clients draw
    /// at random would be large and say nothing.
    ///
    /// @param columns the numbers of each column, [Column#ABSENT] where a row has none
    public static boolean encodeNumbers(List<long[]> columns, int rowCount, ByteSink sink) {
        int pageCount = PageIndex.pageCount(rowCount, Limits.BATCH_ROWS);
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (long[] values : columns) {
            for (long value : values) {
                if (value != Column.ABSENT) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        if (pageCount < 2
                || max < min
                || max - min < 0
                || max - min >= Limits.PAGES_NUMBERS_MAX
                || Math.abs(max) > NUMBER_MAX) {
            return false;
        }
        long last = lastWithin(columns, min, max, pageCount, rowCount);
        if (last < min) {
            return false;
        }
        long[] postings = postings(columns, Limits.BATCH_ROWS, min, last);
        int start = sink.size();
        PageIndex.encode(Limits.BATCH_ROWS, pageCount, min, last, postings, sink);
        return keptWithin(Limits.NUMBER_PAGES_BYTES_PER_1000_ROWS, start, rowCount, sink);
    }

    /// The greatest number up to which the postings fit the budget by the rows of each number.
    private static long lastWithin(
            List<long[]> columns, long min, long max, int pageCount, int rowCount) {
        int[] rows = new int[(int) (max - min + 1)];
        for (long[] values : columns) {
            for (long value : values) {
                if (value != Column.ABSENT) {
                    rows[(int) (value - min)]++;
                }
            }
        }
        double budget =
                (double) rowCount * Limits.NUMBER_PAGES_BYTES_PER_1000_ROWS / 1000 / POSTING_BYTES;
        int key = 0;
        while (key < rows.length && budget >= Math.min(rows[key], pageCount)) {
            budget -= Math.min(rows[key], pageCount);
            key++;
        }
        return min + key - 1;
    }

    /// For each key from `first` to `last` and each page that has it `(key - first) * pages +
    /// page`, ascending.
    static long[] postings(List<long[]> columns, int pageRows, long first, long last) {
        int keys = (int) (last - first + 1);
        int rowCount = columns.getFirst().length;
        int pageCount = PageIndex.pageCount(rowCount, pageRows);
        int[] lastPage = new int[keys];
        int[] ends = new int[keys + 1];
        List<int[]> keysOfPage = new ArrayList<>();
        int[] found = new int[Math.min(keys, pageRows * columns.size())];
        for (int page = 0; page < pageCount; page++) {
            int count = 0;
            for (long[] values : columns) {
                count = collect(values, page, pageRows, first, lastPage, found, count);
            }
            for (int i = 0; i < count; i++) {
                ends[found[i] + 1]++;
            }
            keysOfPage.add(Arrays.copyOf(found, count));
        }
        for (int key = 0; key < keys; key++) {
            ends[key + 1] += ends[key];
        }
        long[] postings = new long[ends[keys]];
        for (int page = 0; page < pageCount; page++) {
            for (int key : keysOfPage.get(page)) {
                postings[ends[key]++] = (long) key * pageCount + page;
            }
        }
        return postings;
    }

    /// Adds the keys of a page that are not there yet to `found`, and gives how many there are.
    private static int collect(
            long[] values,
            int page,
            int pageRows,
            long first,
            int[] lastPage,
            int[] found,
            int count) {
        int next = count;
        int from = page * pageRows;
        int to = Math.min(values.length, from + pageRows);
        for (int row = from; row < to; row++) {
            long key = values[row] - first;
            // Absent numbers are far below the first.
            if (key >= 0 && key < lastPage.length && lastPage[(int) key] != page + 1) {
                lastPage[(int) key] = page + 1;
                found[next++] = (int) key;
            }
        }
        return next;
    }
}
