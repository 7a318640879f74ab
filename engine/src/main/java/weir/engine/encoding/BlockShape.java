// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.Encoding.Level;
import weir.engine.fault.Limits;
import weir.engine.memory.KeyHash;
import weir.engine.memory.Slice;

/// What the choice of an encoding needs to know of a block's codes. Confined to one thread.
final class BlockShape {
    /// Distinct codes beyond this many are not listed: a longer value list never wins.
    static final int DISTINCT_MAX = 4096;

    /// A counter for each possible code is the fastest way to count where they are not many more
    /// than the codes there are, and always up to so many.
    private static final int COUNTED_MIN = 256;

    final long[] codes;
    final int count;
    final int width;
    final int runCount;

    /// The distinct codes ascending, or an empty array when there are more than [#DISTINCT_MAX].
    final long[] distinct;

    private final int[] counts;
    private final boolean isByCode;
    private @Nullable FrequentCodes frequent;
    private @Nullable Magnitudes magnitudes;
    private @Nullable Runs runs;

    /// The top bits of codes.
    ///
    /// @param classes of each code plus one the position of its top bit
    /// @param form how they are said
    /// @param lowBits how many bits all codes have below their top bits
    record Magnitudes(long[] classes, BlockForm form, long lowBits) {}

    /// Runs of equal codes.
    ///
    /// @param isStepped whether a run is said by its step from the one before
    record Runs(boolean isStepped, List<RunGroup> groups) {}

    /// Some of the runs, said together.
    ///
    /// @param row where the first of them begins
    /// @param before the code of the run before them, 0 where they are the first
    /// @param codes how the runs' codes or steps are said
    /// @param lengths how their lengths less one are said
    record RunGroup(int row, long before, BlockForm codes, BlockForm lengths) {}

    /// @param counts rows of each distinct code; or of each code, where `isByCode`
    private BlockShape(
            long[] codes, int count, int width, long[] distinct, int[] counts, boolean isByCode) {
        this.codes = codes;
        this.count = count;
        this.width = width;
        this.runCount = runCount(codes, count);
        this.distinct = distinct;
        this.counts = counts;
        this.isByCode = isByCode;
    }

    static BlockShape of(long[] codes, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        int width = 64 - Long.numberOfLeadingZeros(bits);
        return 1L << Math.min(width, 62) <= Math.max(COUNTED_MIN, 2 * count)
                ? counted(codes, count, width)
                : hashed(codes, count, width);
    }

    private static int runCount(long[] codes, int count) {
        int runs = count == 0 ? 0 : 1;
        for (int i = 1; i < count; i++) {
            runs += codes[i] != codes[i - 1] ? 1 : 0;
        }
        return runs;
    }

    private static BlockShape counted(long[] codes, int count, int width) {
        int[] counts = new int[1 << width];
        for (int i = 0; i < count; i++) {
            counts[(int) codes[i]]++;
        }
        int found = 0;
        for (int rows : counts) {
            found += rows > 0 ? 1 : 0;
        }
        long[] distinct = new long[found > DISTINCT_MAX ? 0 : found];
        for (int code = 0, next = 0; next < distinct.length; code++) {
            if (counts[code] > 0) {
                distinct[next++] = code;
            }
        }
        return new BlockShape(codes, count, width, distinct, counts, true);
    }

    private static BlockShape hashed(long[] codes, int count, int width) {
        long[] table = new long[2 * Integer.highestOneBit(2 * Math.min(count, DISTINCT_MAX))];
        int[] rows = new int[table.length];
        int found = 0;
        int from = 0;
        while (from < count) {
            long code = codes[from];
            int to = from + 1;
            while (to < count && codes[to] == code) {
                to++;
            }
            int slot = (int) (KeyHash.of(code) & (table.length - 1));
            while (rows[slot] > 0 && table[slot] != code) {
                slot = slot + 1 & table.length - 1;
            }
            if (rows[slot] == 0) {
                if (found++ == DISTINCT_MAX) {
                    return new BlockShape(codes, count, width, new long[0], new int[0], false);
                }
                table[slot] = code;
            }
            rows[slot] += to - from;
            from = to;
        }
        return ofTable(codes, count, width, table, rows, found);
    }

    private static BlockShape ofTable(
            long[] codes, int count, int width, long[] table, int[] rows, int found) {
        long[] distinct = new long[found];
        int next = 0;
        for (int slot = 0; slot < table.length; slot++) {
            if (rows[slot] > 0) {
                distinct[next++] = table[slot];
            }
        }
        Arrays.sort(distinct);
        int[] counts = new int[found];
        for (int slot = 0; slot < table.length; slot++) {
            if (rows[slot] > 0) {
                counts[Arrays.binarySearch(distinct, table[slot])] = rows[slot];
            }
        }
        return new BlockShape(codes, count, width, distinct, counts, false);
    }

    /// The codes that most rows have, as many as pay; null when that is not known.
    @Nullable FrequentCodes frequent() {
        if (frequent == null && counts.length > 0) {
            frequent = FrequentCodes.of(this, counts, isByCode);
        }
        return frequent;
    }

    Magnitudes magnitudes() {
        if (magnitudes == null) {
            long[] classes = new long[count];
            long lowBits = 0;
            for (int i = 0; i < count; i++) {
                classes[i] = 63L - Long.numberOfLeadingZeros(codes[i] + 1);
                lowBits += classes[i];
            }
            BlockForm form = BlockCodec.choose(classes, count, Level.LISTS);
            magnitudes = new Magnitudes(classes, form, lowBits);
        }
        return magnitudes;
    }

    Runs runs() {
        if (runs == null) {
            long[] values = new long[runCount];
            long[] steps = new long[runCount];
            int[] starts = new int[runCount + 1];
            long mask = width == 64 ? -1L : (1L << width) - 1;
            int from = 0;
            for (int run = 0; run < runCount; run++) {
                int to = from + 1;
                while (to < count && codes[to] == codes[from]) {
                    to++;
                }
                values[run] = codes[from];
                steps[run] = codes[from] - (run == 0 ? 0 : values[run - 1]) & mask;
                from = to;
                starts[run + 1] = to;
            }
            List<BlockForm> plain = forms(values);
            List<BlockForm> stepped = width == 64 ? plain : forms(steps);
            boolean isStepped = sizeBytes(stepped) < sizeBytes(plain);
            runs = new Runs(isStepped, groups(values, starts, isStepped ? stepped : plain));
        }
        return runs;
    }

    private static long sizeBytes(List<BlockForm> forms) {
        return forms.stream().mapToLong(NestedBlock::sizeBytes).sum();
    }

    /// The smallest form of each group of `values`, one for each run.
    private static List<BlockForm> forms(long[] values) {
        List<BlockForm> forms = new ArrayList<>();
        for (int from = 0; from < values.length; from += RunEncoding.GROUP_RUNS) {
            int to = Math.min(values.length, from + RunEncoding.GROUP_RUNS);
            long[] group = Arrays.copyOfRange(values, from, to);
            forms.add(BlockCodec.choose(group, group.length, Level.MAGNITUDES));
        }
        return forms;
    }

    private static List<RunGroup> groups(long[] values, int[] starts, List<BlockForm> codes) {
        long[] lengths = new long[values.length];
        for (int run = 0; run < lengths.length; run++) {
            lengths[run] = starts[run + 1] - starts[run] - 1L;
        }
        List<BlockForm> lengthForms = forms(lengths);
        List<RunGroup> groups = new ArrayList<>();
        for (int group = 0; group < codes.size(); group++) {
            int run = group * RunEncoding.GROUP_RUNS;
            long before = run == 0 ? 0 : values[run - 1];
            groups.add(new RunGroup(starts[run], before, codes.get(group), lengthForms.get(group)));
        }
        return groups;
    }

    /// Fails unless the first `count` codes, listed at `offset` of `body`, ascend.
    static void expectAscending(long[] codes, int count, Slice body, long offset) {
        for (int i = 1; i < count; i++) {
            if (codes[i] <= codes[i - 1]) {
                throw body.corrupt(
                        offset, "codes that ascend", codes[i - 1] + " before " + codes[i]);
            }
        }
    }

    /// How many batches the rows fill, the last one perhaps in part.
    int batchCount() {
        return batchCount(count);
    }

    static int batchCount(int count) {
        return (count + Limits.BATCH_ROWS - 1) / Limits.BATCH_ROWS;
    }

    /// Bits that hold every number below `size`.
    static int widthFor(int size) {
        return 32 - Integer.numberOfLeadingZeros(Math.max(0, size - 1));
    }
}
