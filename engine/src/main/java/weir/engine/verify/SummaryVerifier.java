// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.SegmentSummary;

/// Proves a summary: groups the rows of its segment once more, and compares. Belongs to one thread.
final class SummaryVerifier {
    private final SegmentReader segment;
    private final SegmentSummary summary;
    private final List<String> dimensions;
    private final List<String> sums;
    private final long footerAt;
    private final Findings findings;

    /// What a group should be, beside what the summary says of it.
    private static final class Group {
        private final int row;
        private final long[] sums;
        private long rows;
        private long firstRow = -1;

        Group(int row, int sumCount) {
            this.row = row;
            this.sums = new long[sumCount];
        }
    }

    /// The values of the dimensions, then for each sum 1 where it has none and 0 where it has.
    private record Key(long[] values) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    SummaryVerifier(
            SegmentReader segment, SegmentSummary summary, long footerAt, Findings findings) {
        this.segment = segment;
        this.summary = summary;
        this.dimensions = List.copyOf(summary.dimensions());
        this.sums = List.copyOf(summary.sums());
        this.footerAt = footerAt;
        this.findings = findings;
    }

    /// Proves the summary, whose columns and whose segment's columns are whole.
    void verify() {
        List<String> names = new ArrayList<>(dimensions);
        names.addAll(sums);
        names.add(SegmentSummary.ROWS);
        long[][] found = new long[names.size()][];
        Arrays.setAll(found, i -> values(summary.rows(), names.get(i)));
        Map<Key, Group> groups = new HashMap<>();
        for (int row = 0; row < summary.rows().rowCount(); row++) {
            if (groups.put(key(found, row), new Group(row, sums.size())) != null) {
                report("one row for each combination of values", "row " + row + " again");
                return;
            }
        }
        if (addRows(groups)) {
            groups.values().forEach(group -> compare(group, found));
            verifyOrder(groups);
        }
    }

    private boolean addRows(Map<Key, Group> groups) {
        List<String> names = new ArrayList<>(dimensions);
        names.addAll(sums);
        long[][] values = new long[names.size()][];
        Arrays.setAll(values, i -> values(segment, names.get(i)));
        for (int row = 0; row < segment.rowCount(); row++) {
            Group group = groups.get(key(values, row));
            if (group == null) {
                report("a row for every combination of values", "none for row " + row);
                return false;
            }
            group.firstRow = group.rows++ == 0 ? row : group.firstRow;
            for (int i = 0; i < group.sums.length; i++) {
                long value = values[dimensions.size() + i][row];
                group.sums[i] = value == Column.ABSENT ? value : group.sums[i] + value;
            }
        }
        return true;
    }

    private Key key(long[][] values, int row) {
        long[] key = new long[dimensions.size() + sums.size()];
        for (int i = 0; i < key.length; i++) {
            boolean isSum = i >= dimensions.size();
            key[i] = !isSum ? values[i][row] : values[i][row] == Column.ABSENT ? 1 : 0;
        }
        return new Key(key);
    }

    private void compare(Group group, long[][] found) {
        long rows = found[found.length - 1][group.row];
        if (rows != group.rows) {
            report(group.rows + " rows in row " + group.row, rows + "");
        }
        for (int i = 0; i < group.sums.length; i++) {
            long sum = found[dimensions.size() + i][group.row];
            if (sum != group.sums[i]) {
                report(
                        "sum %d of %s in row %d".formatted(group.sums[i], sums.get(i), group.row),
                        sum + "");
            }
        }
    }

    private void verifyOrder(Map<Key, Group> groups) {
        long[] firstRows = new long[groups.size()];
        groups.values().forEach(group -> firstRows[group.row] = group.firstRow);
        for (int row = 1; row < firstRows.length; row++) {
            if (firstRows[row] < firstRows[row - 1]) {
                report("groups in the order of their first rows", "another one at row " + row);
                return;
            }
        }
    }

    private void report(String expected, String found) {
        findings.add(footerAt, expected + " of the summary by " + dimensions, found);
    }

    /// All values of a column: codes of dictionary columns, else numbers with [Column#ABSENT].
    private static long[] values(SegmentReader segment, String name) {
        ColumnReader column = segment.column(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        ColumnValues values = new ColumnValues(segment, column);
        for (int block = 0; block < segment.blockCount(); block++) {
            values.readBlock(block, (_, _) -> {});
        }
        return values.all();
    }
}
