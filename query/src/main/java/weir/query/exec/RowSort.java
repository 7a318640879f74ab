// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

/// Stable sorting of row numbers: merges of ever longer runs, starting from those that are there
/// already (natural merge sort; Knuth, volume 3, section 5.2.4).
final class RowSort {
    /// An order of rows given by their numbers.
    @FunctionalInterface
    interface Order {
        /// Negative, zero or positive as row `a` comes before, with or behind row `b`.
        int compare(int a, int b);
    }

    private RowSort() {}

    /// Sorts `rows`; those that compare equal keep their order.
    ///
    /// @throws weir.query.fault.QueryException when the query may not go on
    static void sort(int[] rows, Order order, QueryContext context) {
        int[] source = rows;
        int[] target = new int[rows.length];
        boolean isElsewhere = false;
        int runs = Integer.MAX_VALUE;
        while (runs > 1) {
            runs = mergeRuns(source, target, order, context);
            int[] swap = source;
            source = target;
            target = swap;
            isElsewhere = !isElsewhere;
        }
        if (isElsewhere) {
            System.arraycopy(source, 0, rows, 0, rows.length);
        }
    }

    /// Merges each two neighbouring runs of `source` into `target`; gives how many runs that
    /// leaves.
    private static int mergeRuns(int[] source, int[] target, Order order, QueryContext context) {
        int runs = 0;
        int from = 0;
        while (from < source.length) {
            int middle = runEnd(source, from, order, context);
            int to = middle < source.length ? runEnd(source, middle, order, context) : middle;
            merge(source, from, middle, to, target, order, context);
            from = to;
            runs++;
        }
        return runs;
    }

    private static int runEnd(int[] rows, int from, Order order, QueryContext context) {
        int end = from + 1;
        while (end < rows.length && order.compare(rows[end - 1], rows[end]) <= 0) {
            context.checkAt(end);
            end++;
        }
        return end;
    }

    private static void merge(
            int[] source,
            int from,
            int middle,
            int to,
            int[] target,
            Order order,
            QueryContext context) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            context.checkAt(i);
            boolean isLeft =
                    right == to
                            || (left < middle && order.compare(source[left], source[right]) <= 0);
            target[i] = isLeft ? source[left++] : source[right++];
        }
    }
}
