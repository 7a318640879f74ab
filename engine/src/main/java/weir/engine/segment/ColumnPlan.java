// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockCodec;
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
    /// A pair is split when that is smaller over the first blocks, this many of them.
    private static final int TRIAL_BLOCKS = 3;

    private final int rowCount;
    private final List<StagedColumn> columns = new ArrayList<>();
    private final Map<StagedColumn, Integer> ordinals = new HashMap<>();
    private final Map<StagedColumn, PairSplit> pairOf = new HashMap<>();
    private final Map<StagedColumn, TupleSplit> tupleOf = new HashMap<>();
    private final Map<StagedColumn, StagedColumn> equalTo = new HashMap<>();
    private final Map<StagedColumn, StagedColumn> differenceFrom = new HashMap<>();
    private final Map<StagedColumn, Integer> depths = new HashMap<>();
    private final Map<StagedColumn, ZoneMap[]> zones = new HashMap<>();
    private final long[] codes = new long[Limits.BLOCK_ROWS];
    private final long[] otherCodes = new long[Limits.BLOCK_ROWS];

    private ColumnPlan(int rowCount) {
        this.rowCount = rowCount;
    }

    /// @param timeColumn the column that holds the time of a row, or empty
    static ColumnPlan of(
            List<StagedColumn> staged, int rowCount, String timeColumn, StorageHints hints) {
        ColumnPlan plan = new ColumnPlan(rowCount);
        Map<String, StagedColumn> byName = new LinkedHashMap<>();
        staged.forEach(column -> byName.put(column.column.name(), column));
        List<PairSplit> pairs = splitPairs(byName, hints);
        order(staged, byName, pairs, hints, byName.get(timeColumn));
        pairs.removeIf(pair -> !plan.pays(pair));
        plan.arrange(staged, byName, pairs, hints);
        return plan;
    }

    private static List<PairSplit> splitPairs(
            Map<String, StagedColumn> byName, StorageHints hints) {
        List<PairSplit> pairs = new ArrayList<>();
        for (StorageHints.Pair hint : hints.pairs()) {
            StagedColumn first = byName.get(hint.first());
            StagedColumn second = byName.get(hint.second());
            StagedColumn owner = hint.owner() == null ? null : byName.get(hint.owner());
            if (first != null
                    && second != null
                    && canBeSaidBy(first, second)
                    && PairSplit.isNameable(first.column, second.column)) {
                pairs.add(PairSplit.of(first, second, owner));
            }
        }
        return pairs;
    }

    private static boolean canBeSaidBy(StagedColumn column, StagedColumn other) {
        return column.column.type() == other.column.type()
                && column.column.dictionary().equals(other.column.dictionary());
    }

    /// Sorts the rows by slice of time and by group, then by what each pair has that is not the
    /// group's.
    private static void order(
            List<StagedColumn> staged,
            Map<String, StagedColumn> byName,
            List<PairSplit> pairs,
            StorageHints hints,
            @Nullable StagedColumn time) {
        StagedColumn group = hints.groupedBy() == null ? null : byName.get(hints.groupedBy());
        if (group == null) {
            return;
        }
        List<StagedColumn> keys = new ArrayList<>();
        StagedColumn slices = time == null ? null : TimeSlices.of(time);
        if (slices != null) {
            keys.add(slices);
        }
        keys.add(group);
        for (PairSplit pair : pairs) {
            keys.add(pair.isOwned ? pair.other : pair.owned);
        }
        int[] order = RowOrder.of(keys, group.values.length);
        if (order == null) {
            return;
        }
        staged.forEach(column -> column.reorder(order));
        for (PairSplit pair : pairs) {
            pair.side.reorder(order);
            pair.owned.reorder(order);
            pair.other.reorder(order);
        }
    }

    private boolean pays(PairSplit pair) {
        pairOf.put(pair.first, pair);
        pairOf.put(pair.second, pair);
        pairOf.put(pair.owned, pair);
        pairOf.put(pair.other, pair);
        long together = 0;
        long split = 0;
        for (int block = 0; block < Math.min(TRIAL_BLOCKS, blockCount()); block++) {
            together += plainSizeBytes(pair.first, block) + plainSizeBytes(pair.second, block);
            split +=
                    plainSizeBytes(pair.side, block)
                            + plainSizeBytes(pair.owned, block)
                            + plainSizeBytes(pair.other, block);
        }
        if (split < together) {
            return true;
        }
        pairOf.values().removeIf(known -> known == pair);
        return false;
    }

    private long plainSizeBytes(StagedColumn column, int block) {
        int count = loadCodes(column, block, codes);
        return BlockCodec.choose(codes, count).sizeBytes();
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
                if (member != null) {
                    members.add(member);
                }
            }
            if (members.size() > 1) {
                TupleSplit tuple = TupleSplit.of(members, rowCount, columns.size());
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
        return depth == null || depth >= Limits.REFERENCE_DEPTH_MAX ? null : other;
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
            known[block] = column.zone(from, StagedColumn.blockEnd(from, rowCount));
        }
        return known[block];
    }

    /// What is added to the codes of a block to give numbers; the columns of a pair share it.
    long base(StagedColumn column, int block) {
        PairSplit pair = pairOf.get(column);
        ZoneMap zone =
                pair == null
                        ? zone(column, block)
                        : zone(pair.first, block).merge(zone(pair.second, block));
        return column.base(zone);
    }

    private int loadCodes(StagedColumn column, int block, long[] target) {
        int from = block * Limits.BLOCK_ROWS;
        int to = StagedColumn.blockEnd(from, rowCount);
        column.codes(from, to, base(column, block), target);
        return to - from;
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
        long[] determined = tuple == null ? null : tuple.codes(column, block);
        if (tuple != null && determined != null) {
            int number = ordinal(tuple.number);
            return DeterminedEncoding.encode(number, determined, determined.length, sink);
        }
        int count = loadCodes(column, block, codes);
        BlockForm plain = BlockCodec.choose(codes, count);
        StagedColumn equal = equalTo.get(column);
        if (equal != null) {
            EqualEncoding.Form form = differing(equal, block, count);
            if (form != null && form.sizeBytes() < plain.sizeBytes()) {
                return form.encode(ordinal(equal), sink);
            }
        }
        StagedColumn base = differenceFrom.get(column);
        if (base != null) {
            int wireId = encodeDifference(column, base, block, count, plain, sink);
            if (wireId > 0) {
                return wireId;
            }
        }
        plain.encode(sink);
        return plain.wireId();
    }

    /// The rows in which the loaded codes are not those of `other`; null when most are not.
    private EqualEncoding.@Nullable Form differing(StagedColumn other, int block, int count) {
        loadCodes(other, block, otherCodes);
        int[] rows = new int[count];
        long[] different = new long[count];
        int exceptions = 0;
        for (int row = 0; row < count; row++) {
            if (codes[row] != otherCodes[row]) {
                rows[exceptions] = row;
                different[exceptions++] = codes[row];
            }
        }
        return exceptions > count / 2 ? null : new EqualEncoding.Form(rows, different, exceptions);
    }

    /// Appends the block as another column's plus little, or gives 0 when that is not smaller.
    private int encodeDifference(
            StagedColumn column,
            StagedColumn other,
            int block,
            int count,
            BlockForm plain,
            ByteSink sink) {
        if (zone(column, block).hasAbsent() || zone(other, block).hasAbsent()) {
            return 0;
        }
        loadCodes(other, block, otherCodes);
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        long greatest = 0;
        for (int row = 0; row < count; row++) {
            long difference = codes[row] - otherCodes[row];
            least = Math.min(least, difference);
            most = Math.max(most, difference);
            greatest |= codes[row];
        }
        if (most - least < 0) {
            return 0;
        }
        for (int row = 0; row < count; row++) {
            otherCodes[row] = codes[row] - otherCodes[row] - least;
        }
        BlockForm differences = BlockCodec.choose(otherCodes, count);
        if (DifferenceEncoding.sizeBytes(differences) >= plain.sizeBytes()) {
            return 0;
        }
        int width = 64 - Long.numberOfLeadingZeros(greatest);
        return DifferenceEncoding.encode(ordinal(other), least, width, differences, sink);
    }
}
