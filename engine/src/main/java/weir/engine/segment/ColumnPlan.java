// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockEncoder;
import weir.engine.encoding.BlockForm;
import weir.engine.encoding.ChoiceEncoding;
import weir.engine.encoding.DeterminedEncoding;
import weir.engine.encoding.DifferenceEncoding;
import weir.engine.encoding.EqualEncoding;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.memory.ByteSink;

/// How the columns of a segment are said: which stand for themselves, which in terms of others, in
/// what order the rows and the columns stand. Whatever the hints, the smallest exact size decides.
final class ColumnPlan {
    /// Eighths of a guess of the plain form, below which a form in terms of another column is taken
    /// without looking at the plain one.
    private static final int CLEAR_EIGHTHS = 7;

    private final int rowCount;
    private final RowMemory memory;
    private final List<StagedColumn> columns = new ArrayList<>();
    private final Map<StagedColumn, Integer> ordinals = new HashMap<>();
    private final Map<StagedColumn, PairSplit> pairOf = new HashMap<>();
    private final Map<StagedColumn, TupleSplit> tupleOf = new HashMap<>();
    private final Map<StagedColumn, StagedColumn> equalTo = new HashMap<>();
    private final Map<StagedColumn, StagedColumn> differenceFrom = new HashMap<>();
    private final Map<StagedColumn, Integer> depths = new HashMap<>();
    private final Map<StagedColumn, ZoneMap[]> zones = new HashMap<>();
    private final BlockEncoder encoder = new BlockEncoder();
    private final int[] codes;
    private final int[] otherCodes;

    private ColumnPlan(int rowCount, RowMemory memory) {
        this.rowCount = rowCount;
        this.memory = memory;
        this.codes = new int[Math.min(rowCount, Limits.BLOCK_ROWS)];
        this.otherCodes = new int[codes.length];
    }

    /// @param timeColumn the column that holds the time of a row, or empty
    static ColumnPlan of(
            List<StagedColumn> staged,
            int rowCount,
            String timeColumn,
            StorageHints hints,
            RowMemory memory) {
        ColumnPlan plan = new ColumnPlan(rowCount, memory);
        Map<String, StagedColumn> byName = new LinkedHashMap<>();
        staged.forEach(column -> byName.put(column.column.name(), column));
        List<PairSplit> pairs = plan.splitPairs(byName, hints);
        plan.order(staged, byName, pairs, hints, byName.get(timeColumn));
        pairs.removeIf(pair -> !plan.pays(pair));
        plan.arrange(staged, byName, pairs, hints);
        return plan;
    }

    private List<PairSplit> splitPairs(Map<String, StagedColumn> byName, StorageHints hints) {
        List<PairSplit> pairs = new ArrayList<>();
        for (StorageHints.Pair hint : hints.pairs()) {
            StagedColumn first = byName.get(hint.first());
            StagedColumn second = byName.get(hint.second());
            StagedColumn owner = hint.owner() == null ? null : narrow(byName.get(hint.owner()));
            if (first != null
                    && second != null
                    && canBeSaidBy(first, second)
                    && PairSplit.isNameable(first.column, second.column)) {
                PairSplit pair = PairSplit.of(first, second, owner, rowCount, memory);
                if (pair != null) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /// `column`, or null when it has no codes: what orders and owns has them.
    private static @Nullable StagedColumn narrow(@Nullable StagedColumn column) {
        return column == null || column.isWide() ? null : column;
    }

    private static boolean canBeSaidBy(StagedColumn column, StagedColumn other) {
        return column.column.type() == other.column.type()
                && column.column.dictionary().equals(other.column.dictionary());
    }

    /// Sorts the rows by slice of time and by group, then by what each pair has that is not the
    /// group's.
    private void order(
            List<StagedColumn> staged,
            Map<String, StagedColumn> byName,
            List<PairSplit> pairs,
            StorageHints hints,
            @Nullable StagedColumn time) {
        StagedColumn group =
                hints.groupedBy() == null ? null : narrow(byName.get(hints.groupedBy()));
        if (group == null) {
            return;
        }
        List<int[]> keys = new ArrayList<>();
        if (time != null && !time.isWide()) {
            int[] slices = TimeSlices.of(time.codes, rowCount);
            if (slices.length > 0) {
                keys.add(slices);
            }
        }
        keys.add(group.codes);
        for (PairSplit pair : pairs) {
            keys.add(pair.isOwned ? pair.other.codes : pair.owned.codes);
        }
        int[] order = RowOrder.of(keys, rowCount, memory);
        if (order == null) {
            return;
        }
        Set<StagedColumn> split = new HashSet<>();
        int[] free = memory.ints(rowCount);
        for (PairSplit pair : pairs) {
            split.add(pair.first);
            split.add(pair.second);
            free = pair.side.reorder(order, rowCount, free);
            free = pair.owned.reorder(order, rowCount, free);
            free = pair.other.reorder(order, rowCount, free);
        }
        for (StagedColumn column : staged) {
            if (!split.contains(column)) {
                free = column.reorder(order, rowCount, free);
            }
        }
        memory.release(free);
        memory.release(order);
    }

    /// Whether the parts of a pair take fewer bytes than the pair does in the first block; puts the
    /// pair together again where they do not.
    private boolean pays(PairSplit pair) {
        long together = 0;
        for (boolean isSecond : new boolean[] {false, true}) {
            pair.codes(isSecond, 0, codes.length, codes);
            together += encoder.choose(codes, codes.length).sizeBytes();
        }
        long split = 0;
        for (StagedColumn part : List.of(pair.side, pair.owned, pair.other)) {
            split += encoder.choose(part.codes, codes.length).sizeBytes();
        }
        if (split >= together) {
            pair.undo();
            memory.release(pair.side.codes);
            return false;
        }
        pairOf.put(pair.first, pair);
        pairOf.put(pair.second, pair);
        pairOf.put(pair.owned, pair);
        pairOf.put(pair.other, pair);
        return true;
    }

    /// Fixes the order of the columns: a column comes behind those it is said by.
    private void arrange(
            List<StagedColumn> staged,
            Map<String, StagedColumn> byName,
            List<PairSplit> pairs,
            StorageHints hints) {
        link(byName, hints.equals(), equalTo);
        link(byName, hints.differences(), differenceFrom);
        List<StagedColumn> sides = new ArrayList<>();
        pairs.forEach(pair -> sides.add(pair.side));
        for (List<String> names : hints.tuples()) {
            List<StagedColumn> members = new ArrayList<>(sides);
            sides.clear();
            for (String name : names) {
                StagedColumn member = byName.get(name);
                if (member != null && !member.isWide()) {
                    members.add(member);
                }
            }
            if (members.size() > 1) {
                TupleSplit tuple =
                        TupleSplit.of(
                                members, this::zone, encoder, rowCount, columns.size(), memory);
                members.forEach(member -> tupleOf.put(member, tuple));
                add(tuple.number);
            }
        }
        for (PairSplit pair : pairs) {
            add(pair.side);
            add(pair.owned);
            add(pair.other);
        }
        Set<StagedColumn> linked = new HashSet<>(equalTo.keySet());
        linked.addAll(differenceFrom.keySet());
        staged.stream().filter(column -> !linked.contains(column)).forEach(this::add);
        addLinked(staged.stream().filter(linked::contains).toList());
    }

    /// Adds columns behind those they are linked to, chains in their order. Of a circle, the first
    /// stands for itself.
    private void addLinked(List<StagedColumn> linked) {
        List<StagedColumn> waiting = new ArrayList<>(linked);
        while (!waiting.isEmpty()) {
            StagedColumn next =
                    waiting.stream()
                            .filter(column -> !waits(equalTo.get(column), waiting))
                            .filter(column -> !waits(differenceFrom.get(column), waiting))
                            .findFirst()
                            .orElse(waiting.get(0));
            waiting.remove(next);
            add(next);
        }
    }

    private static boolean waits(@Nullable StagedColumn other, List<StagedColumn> waiting) {
        return other != null && waiting.contains(other);
    }

    private static void link(
            Map<String, StagedColumn> byName,
            List<StorageHints.Link> links,
            Map<StagedColumn, StagedColumn> target) {
        for (StorageHints.Link link : links) {
            StagedColumn column = byName.get(link.column());
            StagedColumn other = byName.get(link.other());
            if (column != null && other != null && canBeSaidBy(column, other)) {
                target.put(column, other);
            }
        }
    }

    private void add(StagedColumn column) {
        equalTo.computeIfPresent(column, this::usable);
        differenceFrom.computeIfPresent(column, this::usable);
        ordinals.put(column, columns.size());
        columns.add(column);
        depths.put(column, depth(column));
    }

    /// The column to say `column` by, or null when it does not stand before, or is itself said by
    /// so many that a reader would refuse.
    private @Nullable StagedColumn usable(StagedColumn column, StagedColumn other) {
        Integer depth = depths.get(other);
        boolean isNarrow = !column.isWide() && !other.isWide();
        return depth == null || depth >= Limits.REFERENCE_DEPTH_MAX || !isNarrow ? null : other;
    }

    /// How many columns at most stand between a column and what it is said by at last.
    private int depth(StagedColumn column) {
        PairSplit pair = pairOf.get(column);
        if (pair != null && !column.isPart) {
            return 1
                    + Math.max(
                            depthOf(pair.side), Math.max(depthOf(pair.owned), depthOf(pair.other)));
        }
        int depth = tupleOf.containsKey(column) ? 1 : 0;
        depth = Math.max(depth, 1 + depthOf(equalTo.get(column)));
        return Math.max(depth, 1 + depthOf(differenceFrom.get(column)));
    }

    private int depthOf(@Nullable StagedColumn other) {
        return other == null ? -1 : depths.getOrDefault(other, 0);
    }

    /// Gives back the memory of all columns, which are done with.
    void release() {
        for (StagedColumn column : columns) {
            PairSplit pair = pairOf.get(column);
            if (pair == null || column.isPart) {
                memory.release(column.codes);
            }
        }
    }

    /// The columns in the order they are written.
    List<StagedColumn> columns() {
        return columns;
    }

    int blockCount() {
        return (rowCount + Limits.BLOCK_ROWS - 1) / Limits.BLOCK_ROWS;
    }

    ZoneMap zone(StagedColumn column, int block) {
        ZoneMap[] known = zones.computeIfAbsent(column, _ -> new ZoneMap[blockCount()]);
        if (known[block] == null) {
            int from = block * Limits.BLOCK_ROWS;
            int to = StagedColumn.blockEnd(from, rowCount);
            PairSplit pair = pairOf.get(column);
            if (pair == null || column.isPart) {
                known[block] = column.zone(from, to);
            } else {
                pair.codes(column == pair.second, from, to - from, otherCodes);
                known[block] = column.zone(otherCodes, 0, to - from);
            }
        }
        return known[block];
    }

    /// The zone that the codes of a block are counted from; the columns of a pair share it.
    private ZoneMap blockZone(StagedColumn column, int block) {
        PairSplit pair = pairOf.get(column);
        return pair == null
                ? zone(column, block)
                : zone(pair.first, block).merge(zone(pair.second, block));
    }

    /// What is added to the codes of a block to give numbers.
    long base(StagedColumn column, int block) {
        return column.blockBase(blockZone(column, block));
    }

    /// Puts the codes of a block of a narrow column into `target` and gives how many there are.
    private int load(StagedColumn column, int block, int[] target) {
        int from = block * Limits.BLOCK_ROWS;
        int count = StagedColumn.blockEnd(from, rowCount) - from;
        ZoneMap zone = blockZone(column, block);
        PairSplit pair = pairOf.get(column);
        if (pair == null || column.isPart) {
            column.blockCodes(column.codes, from, count, zone, target);
        } else {
            pair.codes(column == pair.second, from, count, target);
            column.blockCodes(target, 0, count, zone, target);
        }
        return count;
    }

    /// The codes of all rows of a narrow column, as they are staged.
    int[] stagedCodes(StagedColumn column) {
        PairSplit pair = pairOf.get(column);
        if (pair == null || column.isPart) {
            return column.codes;
        }
        int[] whole = memory.ints(rowCount);
        pair.codes(column == pair.second, 0, rowCount, whole);
        return whole;
    }

    /// Says that what [#stagedCodes] gave of `column` is not used any more.
    void releaseStaged(StagedColumn column, int[] staged) {
        if (pairOf.containsKey(column) && !column.isPart) {
            memory.release(staged);
        }
    }

    /// The column called `name` that is one of the table, or null.
    @Nullable StagedColumn named(String name) {
        for (StagedColumn column : columns) {
            if (!column.isPart && column.column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    /// The first rows of a narrow column, as they are staged: as many as a block has.
    int[] firstCodes(StagedColumn column) {
        PairSplit pair = pairOf.get(column);
        if (pair == null || column.isPart) {
            return column.codes;
        }
        pair.codes(column == pair.second, 0, codes.length, codes);
        return codes;
    }

    /// Columns with the same values as `wanted` together: of a pair its parts, which are there.
    List<StagedColumn> holders(List<StagedColumn> wanted) {
        Set<StagedColumn> holders = new LinkedHashSet<>();
        for (StagedColumn column : wanted) {
            PairSplit pair = pairOf.get(column);
            if (pair != null && wanted.contains(pair.first) && wanted.contains(pair.second)) {
                holders.add(pair.owned);
                holders.add(pair.other);
            } else {
                holders.add(column);
            }
        }
        return List.copyOf(holders);
    }

    private int ordinal(StagedColumn column) {
        Integer ordinal = ordinals.get(column);
        if (ordinal == null) {
            throw new IllegalStateException(column.column.name() + " has no place yet");
        }
        return ordinal;
    }

    /// Appends a block of `column` in the smallest way to say it, and gives its wire id.
    int encode(StagedColumn column, int block, ByteSink sink) {
        PairSplit pair = pairOf.get(column);
        if (pair != null && !column.isPart) {
            return ChoiceEncoding.encode(
                    ordinal(pair.side),
                    ordinal(pair.owned),
                    ordinal(pair.other),
                    column == pair.second,
                    sink);
        }
        TupleSplit tuple = tupleOf.get(column);
        int[] determined = tuple == null ? null : tuple.codes(column, block);
        if (tuple != null && determined != null) {
            int number = ordinal(tuple.number);
            return DeterminedEncoding.encode(number, determined, determined.length, sink);
        }
        if (column.isWide()) {
            return encodeWide(column, block, sink);
        }
        int count = load(column, block, codes);
        long clearBytes = encoder.measure(codes, count) / 8 * CLEAR_EIGHTHS;
        StagedColumn equal = equalTo.get(column);
        EqualEncoding.Form same = equal == null ? null : differing(equal, block, count);
        if (same != null && equal != null && same.sizeBytes() <= clearBytes) {
            return same.encode(ordinal(equal), sink);
        }
        StagedColumn base = differenceFrom.get(column);
        Difference difference = base == null ? null : difference(column, base, block, count);
        if (difference != null && difference.sizeBytes() <= clearBytes) {
            return difference.encode(sink);
        }
        BlockForm plain = encoder.choose();
        if (same != null && equal != null && same.sizeBytes() < plain.sizeBytes()) {
            return same.encode(ordinal(equal), sink);
        }
        if (difference != null && difference.sizeBytes() < plain.sizeBytes()) {
            return difference.encode(sink);
        }
        plain.encode(sink);
        return plain.wireId();
    }

    private int encodeWide(StagedColumn column, int block, ByteSink sink) {
        int from = block * Limits.BLOCK_ROWS;
        int count = StagedColumn.blockEnd(from, rowCount) - from;
        long[] wide = new long[count];
        column.wideBlockCodes(from, count, zone(column, block), wide);
        BlockForm form = encoder.choose(wide, count);
        form.encode(sink);
        return form.wireId();
    }

    /// The rows in which the loaded codes are not those of `other`; null when most are not.
    private EqualEncoding.@Nullable Form differing(StagedColumn other, int block, int count) {
        load(other, block, otherCodes);
        int differing = differing(codes, otherCodes, count);
        if (differing > count / 2) {
            return null;
        }
        int[] rows = new int[differing];
        int[] different = new int[differing];
        int next = 0;
        for (int row = 0; next < differing; row++) {
            if (codes[row] != otherCodes[row]) {
                rows[next] = row;
                different[next++] = codes[row];
            }
        }
        return encoder.differing(rows, different, differing);
    }

    private static int differing(int[] codes, int[] others, int count) {
        int differing = 0;
        for (int row = 0; row < count; row++) {
            differing += codes[row] != others[row] ? 1 : 0;
        }
        return differing;
    }

    /// A block as another column's plus little, measured and not yet written.
    ///
    /// @param other ordinal of that column
    /// @param base what is added to every difference
    /// @param width bits of the greatest code
    private record Difference(int other, long base, int width, BlockForm differences) {
        long sizeBytes() {
            return DifferenceEncoding.sizeBytes(differences);
        }

        int encode(ByteSink sink) {
            return DifferenceEncoding.encode(other, base, width, differences, sink);
        }
    }

    /// The loaded codes in terms of `other`; null when that cannot be.
    private @Nullable Difference difference(
            StagedColumn column, StagedColumn other, int block, int count) {
        if (zone(column, block).hasAbsent() || zone(other, block).hasAbsent()) {
            return null;
        }
        load(other, block, otherCodes);
        long least = leastDifference(codes, otherCodes, count);
        long most = -leastDifference(otherCodes, codes, count);
        if (most - least > Integer.MAX_VALUE) {
            return null;
        }
        int width = StagedColumn.width(codes, count);
        subtract(codes, (int) least, otherCodes, count);
        BlockForm differences = encoder.choose(otherCodes, count);
        return new Difference(ordinal(other), least, width, differences);
    }

    private static long leastDifference(int[] codes, int[] others, int count) {
        int least = Integer.MAX_VALUE;
        for (int row = 0; row < count; row++) {
            least = Math.min(least, codes[row] - others[row]);
        }
        return least;
    }

    /// Puts `codes` less `others` less `base` into `others`.
    private static void subtract(int[] codes, int base, int[] others, int count) {
        for (int row = 0; row < count; row++) {
            others[row] = codes[row] - others[row] - base;
        }
    }
}
