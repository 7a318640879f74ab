// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// The rows of a summary that is about to be written: those of the segment, grouped by dimensions.
///
/// A group is found by one key of all its dimensions, packed into 62 bits; dimensions that do not
/// fit behind those before them are left out. Groups come in the order of their first rows, so that
/// grouping them further by any of the dimensions gives groups in the order that the segment's rows
/// give.
///
/// @param rowCount how many groups there are
/// @param columns the dimensions, [SegmentSummary#ROWS], then the sums
record SummaryRows(int rowCount, List<StagedColumn> columns) {
    /// A summary has at most one row for so many of the segment, or reading it saves too little.
    private static final int SHARE = 8;

    /// Segments of fewer rows are read as fast as a summary of them.
    private static final int SEGMENT_ROWS_MIN = 1 << 14;

    /// Keys of so many bits are places in an array.
    private static final int DIRECT_BITS = 22;

    private static final int KEY_BITS_MAX = 62;

    /// Groups the rows of `plan`; null when there are too many groups, or sums too large.
    static @Nullable SummaryRows of(
            ColumnPlan plan, int rowCount, StorageHints.Summary hint, RowMemory memory) {
        if (rowCount < SEGMENT_ROWS_MIN || plan.named(SegmentSummary.ROWS) != null) {
            return null;
        }
        List<StagedColumn> measures = new ArrayList<>();
        for (String name : hint.sums()) {
            StagedColumn column = plan.named(name);
            boolean isDimension = hint.dimensions().contains(name);
            if (column != null && !column.isDictionary() && !isDimension) {
                measures.add(column);
            }
        }
        Grouping grouping = new Grouping(rowCount, memory);
        measures.forEach(column -> grouping.addPresence(plan, column));
        for (String name : hint.dimensions()) {
            StagedColumn column = plan.named(name);
            if (column != null && !column.isWide()) {
                grouping.add(plan, column);
            }
        }
        try {
            return grouping.group() ? grouping.rows(plan, measures) : null;
        } catch (ArithmeticException _) {
            return null;
        } finally {
            grouping.release();
        }
    }

    /// Numbers the rows of a segment by their groups.
    private static final class Grouping {
        private final int rowCount;
        private final RowMemory memory;
        private final long[] keys;
        private final int[] groups;
        private final int[] firstRows;
        private final List<StagedColumn> dimensions = new ArrayList<>();
        private int bits;
        private int count;

        Grouping(int rowCount, RowMemory memory) {
            this.rowCount = rowCount;
            this.memory = memory;
            this.keys = memory.longs(rowCount);
            this.groups = memory.ints(rowCount);
            this.firstRows = memory.ints(rowCount / SHARE);
            Arrays.fill(keys, 0, rowCount, 0);
        }

        void release() {
            memory.release(keys);
            memory.release(groups);
            memory.release(firstRows);
        }

        /// Lets every group have the number `column` in all of its rows or in none.
        void addPresence(ColumnPlan plan, StagedColumn column) {
            int absentCount = 0;
            for (int block = 0; block < plan.blockCount(); block++) {
                absentCount += plan.zone(column, block).absentCount();
            }
            if (absentCount == 0 || absentCount == rowCount) {
                return;
            }
            bits++;
            int[] codes = plan.stagedCodes(column);
            for (int row = 0; row < rowCount; row++) {
                keys[row] = (keys[row] << 1) | (isAbsent(column, codes, row) ? 1 : 0);
            }
            plan.releaseStaged(column, codes);
        }

        private static boolean isAbsent(StagedColumn column, int[] codes, int row) {
            return column.isWide() ? column.wide[row] == Column.ABSENT : codes[row] == 0;
        }

        /// Groups by `column` too, unless its codes do not fit the key.
        void add(ColumnPlan plan, StagedColumn column) {
            int[] codes = plan.stagedCodes(column);
            int width = StagedColumn.width(codes, rowCount);
            if (bits + width <= KEY_BITS_MAX) {
                bits += width;
                dimensions.add(column);
                addToKeys(codes, width);
            }
            plan.releaseStaged(column, codes);
        }

        private void addToKeys(int[] codes, int width) {
            for (int row = 0; row < rowCount; row++) {
                keys[row] = (keys[row] << width) | codes[row];
            }
        }

        /// Finds the group of each row; false when there are too many.
        boolean group() {
            return !dimensions.isEmpty() && (bits <= DIRECT_BITS ? groupByPlace() : groupByHash());
        }

        private boolean groupByPlace() {
            int[] groupAt = memory.ints(1 << bits);
            Arrays.fill(groupAt, 0, 1 << bits, 0);
            boolean fits = true;
            for (int row = 0; row < rowCount && fits; row++) {
                int key = (int) keys[row];
                int group = groupAt[key];
                if (group == 0) {
                    fits = addGroup(row);
                    group = count;
                    groupAt[key] = group;
                }
                groups[row] = group - 1;
            }
            memory.release(groupAt);
            return fits;
        }

        /// Linear probing; a slot holds the number of a group and one more.
        private boolean groupByHash() {
            int size = Integer.highestOneBit(Math.max(1, rowCount / SHARE)) << 2;
            int[] slots = memory.ints(size);
            Arrays.fill(slots, 0, size, 0);
            boolean fits = true;
            for (int row = 0; row < rowCount && fits; row++) {
                long key = keys[row];
                int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (size - 1);
                while (slots[slot] != 0 && keys[firstRows[slots[slot] - 1]] != key) {
                    slot = (slot + 1) & (size - 1);
                }
                if (slots[slot] == 0) {
                    fits = addGroup(row);
                    slots[slot] = count;
                }
                groups[row] = slots[slot] - 1;
            }
            memory.release(slots);
            return fits;
        }

        private boolean addGroup(int row) {
            if (count == rowCount / SHARE) {
                return false;
            }
            firstRows[count++] = row;
            return true;
        }

        SummaryRows rows(ColumnPlan plan, List<StagedColumn> measures) {
            List<StagedColumn> columns = new ArrayList<>();
            for (StagedColumn dimension : dimensions) {
                int[] codes = plan.stagedCodes(dimension);
                columns.add(dimension.picked(codes, firstRows, count));
                plan.releaseStaged(dimension, codes);
            }
            long[] rows = new long[count];
            for (int row = 0; row < rowCount; row++) {
                rows[groups[row]]++;
            }
            columns.add(numbers(SegmentSummary.ROWS, rows));
            for (StagedColumn measure : measures) {
                long[] sums =
                        measure.isWide() ? wideSums(measure) : narrowSums(plan, measure, rows);
                columns.add(numbers(measure.column.name(), sums));
            }
            return new SummaryRows(count, columns);
        }

        private StagedColumn numbers(String name, long[] values) {
            Column column = Column.number(name, ColumnType.INT64);
            return StagedColumn.ofNumbers(column, values, count, memory);
        }

        /// Codes lie within 31 bits and bases within a part of all numbers, so nothing overflows.
        private long[] narrowSums(ColumnPlan plan, StagedColumn measure, long[] rows) {
            int[] codes = plan.stagedCodes(measure);
            long[] sums = new long[count];
            for (int row = 0; row < rowCount; row++) {
                sums[groups[row]] += codes[row];
            }
            for (int group = 0; group < count; group++) {
                boolean isAbsent = codes[firstRows[group]] == 0;
                sums[group] = isAbsent ? Column.ABSENT : sums[group] + measure.base * rows[group];
            }
            plan.releaseStaged(measure, codes);
            return sums;
        }

        private long[] wideSums(StagedColumn measure) {
            long[] sums = new long[count];
            for (int row = 0; row < rowCount; row++) {
                long value = measure.wide[row];
                sums[groups[row]] =
                        value == Column.ABSENT
                                ? Column.ABSENT
                                : Math.addExact(sums[groups[row]], value);
            }
            return sums;
        }
    }
}
