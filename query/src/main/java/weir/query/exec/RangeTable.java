// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.plan.LogicalPlan;
import weir.query.type.BasicType;
import weir.query.value.Allowance;
import weir.query.value.Cidr;
import weir.query.value.ValueOrder;

/// Build rows as ranges of values, found by a value in them: blocks of addresses, or windows of
/// time.
///
/// All bounds stand sorted, and a value becomes its rank among them: `2 * i + 1` for bound `i`
/// itself, `2 * i` for what lies below it. Ranges of ranks stand by their lower end, with a tree of
/// the greatest upper ends above, so that those around a rank are found in the logarithm of their
/// number each. Immutable once made; safe for many threads.
final class RangeTable implements Access {
    /// More blocks than this are no better than asking each row.
    private static final int BLOCKS_MAX = 256;

    private static final IpAddress V4_FIRST = IpAddress.ofV4(0);
    private static final IpAddress V4_LAST = IpAddress.ofV4(-1);

    private final RangeCondition condition;
    private final QueryContext context;
    private final List<Range> ranges = new ArrayList<>();
    private final TreeSet<String> blocks = new TreeSet<>();
    private final Object[] bounds;
    private final int[] lows;
    private final int[] highs;
    private final int[] rows;
    private final int[] greatest;
    private boolean isComplete = true;

    /// The range of a build row.
    private record Range(
            int row, Object low, boolean isLowStrict, Object high, boolean isHighStrict) {}

    RangeTable(RangeCondition condition, BuildRows build, QueryContext context) {
        this.condition = condition;
        this.context = context;
        readRanges(build);
        context.reserve(120L * ranges.size());
        TreeSet<Object> sorted = new TreeSet<>(ValueOrder::compare);
        for (Range range : ranges) {
            sorted.add(range.low());
            sorted.add(range.high());
        }
        bounds = sorted.toArray();
        int[][] ranked = ranked();
        lows = ranked[0];
        highs = ranked[1];
        rows = ranked[2];
        int leaves = Math.max(1, Integer.highestOneBit(Math.max(1, rows.length - 1)) * 2);
        greatest = new int[2 * leaves];
        Arrays.fill(greatest, -1);
        System.arraycopy(highs, 0, greatest, leaves, highs.length);
        for (int node = leaves - 1; node > 0; node--) {
            greatest[node] = Math.max(greatest[2 * node], greatest[2 * node + 1]);
        }
        ranges.clear();
    }

    private void readRanges(BuildRows build) {
        ExprNode low = ExprCompiler.compile(condition.low());
        Expr upper = condition.high();
        ExprNode high = upper == null ? null : ExprCompiler.compile(upper);
        int row = 0;
        for (VectorBatch batch : build.batches()) {
            context.check();
            Allowance.current().take();
            Vector from = low.evaluate(batch);
            Vector to = high == null ? null : high.evaluate(batch);
            for (int i = 0; i < batch.rowCount(); i++, row++) {
                Object first = VectorValues.get(from, low.type(), i);
                if (high == null || to == null) {
                    addBlock(row, (String) first);
                } else {
                    addRange(row, first, VectorValues.get(to, high.type(), i));
                }
            }
        }
    }

    private void addRange(int row, @Nullable Object low, @Nullable Object high) {
        if (low == null || high == null || isNaN(low) || isNaN(high)) {
            return;
        }
        ranges.add(new Range(row, low, condition.isLowStrict(), high, condition.isHighStrict()));
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /// A block of IPv6 holds no address of IPv4, though those stand among the others.
    private void addBlock(int row, @Nullable String text) {
        if (text == null) {
            return;
        }
        Cidr block;
        try {
            block = Cidr.parse(text);
        } catch (QueryException _) {
            isComplete = false;
            return;
        }
        blocks.add(text);
        boolean meetsV4 =
                block.first().compareTo(V4_LAST) <= 0 && block.last().compareTo(V4_FIRST) >= 0;
        if (block.isV4()) {
            IpAddress first = max(block.first(), V4_FIRST);
            IpAddress last = block.last().compareTo(V4_LAST) < 0 ? block.last() : V4_LAST;
            ranges.add(new Range(row, first, false, last, false));
        } else if (meetsV4) {
            ranges.add(new Range(row, block.first(), false, V4_FIRST, true));
            ranges.add(new Range(row, V4_LAST, true, block.last(), false));
        } else {
            ranges.add(new Range(row, block.first(), false, block.last(), false));
        }
    }

    private static IpAddress max(IpAddress a, IpAddress b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /// The lower ends, upper ends and rows of the ranges that hold something, by lower end.
    private int[][] ranked() {
        List<int[]> ranked = new ArrayList<>();
        for (Range range : ranges) {
            int low = rank(range.low()) + (range.isLowStrict() ? 1 : 0);
            int high = rank(range.high()) - (range.isHighStrict() ? 1 : 0);
            if (low <= high) {
                ranked.add(new int[] {low, high, range.row()});
            }
        }
        ranked.sort(Comparator.comparingInt(one -> one[0]));
        int[][] columns = new int[3][ranked.size()];
        for (int i = 0; i < ranked.size(); i++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][i] = ranked.get(i)[c];
            }
        }
        return columns;
    }

    private int rank(Object value) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = ValueOrder.compare(bounds[middle], value);
            if (order == 0) {
                return 2 * middle + 1;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    /// The rows whose range holds the values of a rank, in order.
    int[] rowsAt(int rank) {
        int end = 0;
        int rest = lows.length;
        while (end < rest) {
            int middle = (end + rest) >>> 1;
            if (lows[middle] <= rank) {
                end = middle + 1;
            } else {
                rest = middle;
            }
        }
        IntStream.Builder found = IntStream.builder();
        collect(1, 0, greatest.length / 2, end, rank, found);
        return found.build().sorted().toArray();
    }

    /// Adds the rows of the ranges `from` to `to`, those of `node`, that stand before `end` and
    /// reach `rank`.
    private void collect(int node, int from, int to, int end, int rank, IntStream.Builder found) {
        if (from >= end || greatest[node] < rank) {
            return;
        }
        if (to - from == 1) {
            found.add(rows[from]);
            return;
        }
        int middle = (from + to) >>> 1;
        collect(2 * node, from, middle, end, rank, found);
        collect(2 * node + 1, middle, to, end, rank, found);
    }

    /// By build row: the least and the greatest rank of its range, and of its second one, which
    /// blocks of IPv6 around those of IPv4 have.
    int[][] rangesOfRows(int rowCount) {
        context.reserve(16L * rowCount);
        int[][] ranges = new int[4][rowCount];
        Arrays.fill(ranges[1], -1);
        Arrays.fill(ranges[3], -1);
        for (int i = 0; i < rows.length; i++) {
            int first = ranges[1][rows[i]] < 0 ? 0 : 2;
            ranges[first][rows[i]] = lows[i];
            ranges[first + 1][rows[i]] = highs[i];
        }
        return ranges;
    }

    /// How many ranges hold a rank on average.
    double rowsPerRank() {
        long sum = 0;
        for (int i = 0; i < lows.length; i++) {
            sum += highs[i] - lows[i] + 1;
        }
        return (double) sum / rankCount();
    }

    /// The value over the rows of the probe side.
    Expr value() {
        return condition.value();
    }

    /// How many ranks there are.
    int rankCount() {
        return 2 * bounds.length + 1;
    }

    /// The rank of a value of the probe side; -1 for one that is in no range.
    int rankOf(@Nullable Object value) {
        return value == null || isNaN(value) ? -1 : rank(value);
    }

    /// Whether every row has its range here: one whose block is none fails, but only when it is
    /// asked what that contains.
    boolean isComplete() {
        return isComplete;
    }

    @Override
    public Matcher matcher() {
        return new RangeMatcher(this, context);
    }

    @Override
    public List<Expr> filters(LogicalPlan probe) {
        if (bounds.length == 0 || !KeyFilter.reachesSegments(condition.value(), probe)) {
            return List.of();
        }
        Expr value = condition.value();
        if (condition.high() == null && blocks.size() <= BLOCKS_MAX) {
            List<Expr> parts = new ArrayList<>();
            for (String block : blocks) {
                parts.add(
                        call(
                                ScalarFunction.CONTAINS,
                                new Expr.Literal(BasicType.VARCHAR, block),
                                value));
            }
            return List.of(parts.size() == 1 ? parts.getFirst() : new Expr.Or(parts));
        }
        Expr least = new Expr.Literal(value.type(), bounds[0]);
        Expr most = new Expr.Literal(value.type(), bounds[bounds.length - 1]);
        return List.of(
                call(ScalarFunction.GREATER_OR_EQUAL, value, least),
                call(ScalarFunction.LESS_OR_EQUAL, value, most));
    }

    private static Expr call(ScalarFunction function, Expr left, Expr right) {
        return new Expr.Call(function, List.of(left, right), BasicType.BOOLEAN);
    }
}
