// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Vector;

/// session_number: sessions of each partition, by the rows in its order.
final class SessionEvaluator implements WindowEvaluator {
    private final WindowValues starts;
    private final WindowValues ends;
    private final WindowValues gaps;
    private final QueryContext context;
    private final Sessions sessions = new Sessions();
    private final long[] numbers;
    private final boolean[] isNull;

    SessionEvaluator(
            WindowValues starts,
            WindowValues ends,
            WindowValues gaps,
            int rowCount,
            QueryContext context) {
        this.starts = starts;
        this.ends = ends;
        this.gaps = gaps;
        this.context = context;
        context.reserve(9L * rowCount);
        numbers = new long[rowCount];
        isNull = new boolean[rowCount];
    }

    @Override
    public void evaluate(WindowPartition partition) {
        sessions.restart();
        for (int place = partition.from(); place < partition.to(); place++) {
            context.checkAt(place);
            if (gaps.get(place) instanceof Long gap) {
                numbers[place] =
                        sessions.next((Long) starts.get(place), (Long) ends.get(place), gap);
            } else {
                isNull[place] = true;
            }
        }
    }

    @Override
    public Vector results(int from, int count) {
        return VectorValues.slice(new Vector.Longs(numbers, isNull), from, count);
    }
}
