// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.VectorBatch;

/// Matches every probe row with every build row.
final class AllMatcher implements Matcher {
    private final int buildCount;
    private int rowCount;
    private int row;
    private int at;

    AllMatcher(int buildCount) {
        this.buildCount = buildCount;
    }

    @Override
    public void start(VectorBatch batch) {
        rowCount = batch.rowCount();
        row = buildCount == 0 ? rowCount : 0;
        at = 0;
    }

    @Override
    public int next(int[] probeRows, int[] buildRows) {
        int count = 0;
        while (count < probeRows.length && row < rowCount) {
            probeRows[count] = row;
            buildRows[count++] = at++;
            if (at == buildCount) {
                at = 0;
                row++;
            }
        }
        return count;
    }

    @Override
    public int row() {
        return row;
    }
}
