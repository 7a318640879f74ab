// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;

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
    /// @param codeCount how many codes the dictionary has, absent among them
    public static boolean encodeCodes(
            List<KeyColumn> columns, int rowCount, int codeCount, ByteSink sink) {
        List<int[]> keys = columns.stream().map(KeyColumn::codes).toList();
        for (int pageRows : new int[] {Limits.BATCH_ROWS, Limits.BLOCK_ROWS}) {
            int pageCount = PageIndex.pageCount(rowCount, pageRows);
            if (pageCount < 2) {
                return false;
            }
            long[] postings = postings(keys, rowCount, pageRows, codeCount);
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
    public static boolean encodeNumbers(List<KeyColumn> columns, int rowCount, ByteSink sink) {
        int pageCount = PageIndex.pageCount(rowCount, Limits.BATCH_ROWS);
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (KeyColumn column : columns) {
            ZoneMap zone = ZoneMap.ofCodes(column.codes(), 0, rowCount, column.base(), false);
            if (!zone.isAllAbsent()) {
                min = Math.min(min, zone.min());
                max = Math.max(max, zone.max());
            }
        }
        if (pageCount < 2
                || max < min
                || max - min < 0
                || max - min >= Limits.PAGES_NUMBERS_MAX
                || Math.abs(max) > NUMBER_MAX) {
            return false;
        }
        long first = min;
        List<int[]> keys =
                columns.stream().map(column -> keysFrom(first, column, rowCount)).toList();
        int keyCount = keysWithin(keys, (int) (max - min + 1), pageCount, rowCount);
        if (keyCount == 0) {
            return false;
        }
        long[] postings = postings(keys, rowCount, Limits.BATCH_ROWS, keyCount);
        int start = sink.size();
        PageIndex.encode(Limits.BATCH_ROWS, pageCount, first, first + keyCount - 1, postings, sink);
        return keptWithin(Limits.NUMBER_PAGES_BYTES_PER_1000_ROWS, start, rowCount, sink);
    }

    /// The numbers of all rows less `first`, and -1 where there is none.
    private static int[] keysFrom(long first, KeyColumn column, int rowCount) {
        int[] codes = column.codes();
        int more = (int) (column.base() - first);
        int[] keys = new int[rowCount];
        for (int row = 0; row < rowCount; row++) {
            int isAbsent = (codes[row] - 1) >> 31;
            keys[row] = codes[row] + more | isAbsent;
        }
        return keys;
    }

    /// How many of the least keys have postings that fit the budget by the rows of each key.
    private static int keysWithin(List<int[]> columns, int keyCount, int pageCount, int rowCount) {
        int[] rows = new int[keyCount + 1];
        for (int[] keys : columns) {
            for (int row = 0; row < rowCount; row++) {
                rows[keys[row] + 1]++;
            }
        }
        double budget =
                (double) rowCount * Limits.NUMBER_PAGES_BYTES_PER_1000_ROWS / 1000 / POSTING_BYTES;
        int key = 0;
        while (key < keyCount && budget >= Math.min(rows[key + 1], pageCount)) {
            budget -= Math.min(rows[key + 1], pageCount);
            key++;
        }
        return key;
    }

    /// For each key below `keyCount` and each page that has it `key * pages + page`, ascending.
    ///
    /// @param columns the key of each row; those that are negative or not below `keyCount` do not
    ///   count
    static long[] postings(List<int[]> columns, int rowCount, int pageRows, int keyCount) {
        int pageCount = PageIndex.pageCount(rowCount, pageRows);
        int[] lastPage = new int[keyCount];
        int[] ends = new int[keyCount + 1];
        int[] found = new int[Math.min(keyCount, pageRows * columns.size()) + 1];
        List<int[]> keysOfPage = new ArrayList<>();
        for (int page = 0; page < pageCount; page++) {
            int from = page * pageRows;
            int to = Math.min(rowCount, from + pageRows);
            int count = 0;
            for (int[] keys : columns) {
                count = collect(keys, from, to, page + 1, lastPage, found, count);
            }
            for (int i = 0; i < count; i++) {
                ends[found[i] + 1]++;
            }
            keysOfPage.add(Arrays.copyOf(found, count));
        }
        for (int key = 0; key < keyCount; key++) {
            ends[key + 1] += ends[key];
        }
        long[] postings = new long[ends[keyCount]];
        for (int page = 0; page < pageCount; page++) {
            for (int key : keysOfPage.get(page)) {
                postings[ends[key]++] = (long) key * pageCount + page;
            }
        }
        return postings;
    }

    /// Adds the keys of the rows `[from, to)` that are not there yet to `found`, and gives how many
    /// there are.
    ///
    /// @param stamp what marks a key as one of this page
    private static int collect(
            int[] keys, int from, int to, int stamp, int[] lastPage, int[] found, int count) {
        int next = count;
        int last = -1;
        for (int row = from; row < to; row++) {
            int key = keys[row];
            if (key == last || key < 0 || key >= lastPage.length) {
                continue;
            }
            last = key;
            if (lastPage[key] != stamp) {
                lastPage[key] = stamp;
                found[next++] = key;
            }
        }
        return next;
    }
}
