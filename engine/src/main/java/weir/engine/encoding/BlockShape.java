// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.Encoding.Level;
import weir.engine.fault.Limits;
import weir.engine.memory.Slice;

/// What the choice of an encoding needs to know of a block's codes, found out when it is asked for.
/// Confined to one thread.
///
/// A block is *narrow* when its codes have at most 31 bits. Lists are for narrow blocks only: wide
/// ones are rare, and mostly of numbers that are all different.
final class BlockShape {
    /// Distinct codes beyond this many are not listed: a longer value list never wins.
    static final int DISTINCT_MAX = 4096;

    private static final int NARROW_BITS = 31;

    /// Rows of a run, on average, from which on its end is looked for.
    private static final int LONG_RUN = 16;

    /// Bits of a run besides its code, about.
    private static final int RUN_BITS = 5;

    /// The codes of a narrow block; of a wide one nothing.
    final int[] codes;

    /// The codes of a wide block; of a narrow one nothing.
    final long[] wide;

    final int count;
    final int width;
    final int runCount;
    private final EncoderScratch scratch;
    private @Nullable CodeCounts counts;
    private boolean isCounted;
    private @Nullable FrequentCodes frequent;
    private @Nullable Magnitudes magnitudes;
    private @Nullable Runs runs;

    /// The top bits of codes plus one: of each code the class, which is the position of that bit.
    ///
    /// @param form how the classes are said
    /// @param lowBits how many bits all codes have below their top bits
    record Magnitudes(BlockForm form, long lowBits) {}

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
    record RunGroup(int row, int before, BlockForm codes, BlockForm lengths) {}

    private BlockShape(
            int[] codes, long[] wide, int count, int width, int runCount, EncoderScratch scratch) {
        this.codes = codes;
        this.wide = wide;
        this.count = count;
        this.width = width;
        this.runCount = runCount;
        this.scratch = scratch;
    }

    /// Of the first `count` codes, none of which is negative.
    static BlockShape of(int[] codes, int count, EncoderScratch scratch) {
        int bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
        }
        int runs = count == 0 ? 0 : 1;
        for (int i = 1; i < count; i++) {
            runs += codes[i] != codes[i - 1] ? 1 : 0;
        }
        int width = 32 - Integer.numberOfLeadingZeros(bits);
        return new BlockShape(codes, new long[0], count, width, runs, scratch);
    }

    /// Of the first `count` codes, unsigned 64-bit numbers.
    static BlockShape of(long[] codes, int count, EncoderScratch scratch) {
        long bits = 0;
        int runs = count == 0 ? 0 : 1;
        for (int i = 0; i < count; i++) {
            bits |= codes[i];
            runs += i > 0 && codes[i] != codes[i - 1] ? 1 : 0;
        }
        int width = 64 - Long.numberOfLeadingZeros(bits);
        if (width > NARROW_BITS) {
            return new BlockShape(new int[0], codes, count, width, runs, scratch);
        }
        int[] narrow = new int[count];
        for (int i = 0; i < count; i++) {
            narrow[i] = (int) codes[i];
        }
        return new BlockShape(narrow, new long[0], count, width, runs, scratch);
    }

    /// The same with memory of its own.
    static BlockShape of(long[] codes, int count) {
        return of(codes, count, new EncoderScratch());
    }

    /// Of `count` codes of which only is known how many are how large; enough to choose a form, and
    /// to encode it once they are there.
    ///
    /// @param rows how many rows have each code
    private static BlockShape ofCounts(int[] rows, int count, EncoderScratch scratch) {
        int greatest = 0;
        int distinct = 0;
        for (int code = 0; code < rows.length; code++) {
            greatest = rows[code] > 0 ? code : greatest;
            distinct += rows[code] > 0 ? 1 : 0;
        }
        int width = 32 - Integer.numberOfLeadingZeros(greatest);
        int runs = distinct == 1 ? 1 : count;
        BlockShape shape = new BlockShape(new int[0], new long[0], count, width, runs, scratch);
        shape.counts = CodeCounts.of(rows, rows.length);
        shape.isCounted = true;
        return shape;
    }

    /// This shape with the codes it is of.
    BlockShape withCodes(int[] found) {
        BlockShape shape = new BlockShape(found, wide, count, width, runCount, scratch);
        shape.counts = counts;
        shape.isCounted = isCounted;
        shape.frequent = frequent;
        return shape;
    }

    /// About how many bytes the smallest form takes, from nothing but the runs and the width.
    long guessBytes() {
        return runCount == 1
                ? 0
                : Math.min((long) count * width, (long) runCount * (width + RUN_BITS)) / 8;
    }

    /// Whether codes have more than 31 bits.
    boolean isWide() {
        return width > NARROW_BITS;
    }

    /// The code of a row.
    long code(int row) {
        return wide.length == 0 ? codes[row] : wide[row];
    }

    EncoderScratch scratch() {
        return scratch;
    }

    /// How many rows have which code; null when that is not known, since it does not matter.
    @Nullable CodeCounts counts() {
        if (!isCounted) {
            counts = isWide() || width == 0 ? null : CodeCounts.of(this, scratch);
            isCounted = true;
        }
        return counts;
    }

    /// Whether a cheap look says that lists of codes come to more than `limitBytes`.
    boolean isListHopeless(long limitBytes) {
        // A place takes a bit at least.
        if (isWide() || count / 8 > limitBytes) {
            return true;
        }
        if (!isCounted && CodeCounts.isHopeless(this, scratch, limitBytes)) {
            isCounted = true;
        }
        return isCounted && counts == null;
    }

    /// The codes that most rows have, as many as pay; null when that is not known.
    @Nullable FrequentCodes frequent() {
        CodeCounts known = counts();
        if (frequent == null && known != null) {
            frequent = FrequentCodes.of(this, known);
        }
        return frequent;
    }

    Magnitudes magnitudes() {
        if (magnitudes == null) {
            int[] rows = isWide() ? wideClasses() : narrowClasses();
            long lowBits = 0;
            for (int bits = 0; bits < rows.length; bits++) {
                lowBits += (long) bits * rows[bits];
            }
            BlockForm form = BlockCodec.choose(ofCounts(rows, count, scratch), Level.LISTS);
            magnitudes = new Magnitudes(form, lowBits);
        }
        return magnitudes;
    }

    /// How many codes are of each class. Four counts side by side, so that equal classes in
    /// neighbouring rows do not wait for each other.
    private int[] narrowClasses() {
        int[] rows = new int[4 * 32];
        int row = 0;
        for (; row + 4 <= count; row += 4) {
            rows[31 - Integer.numberOfLeadingZeros(codes[row] + 1)]++;
            rows[63 - Integer.numberOfLeadingZeros(codes[row + 1] + 1)]++;
            rows[95 - Integer.numberOfLeadingZeros(codes[row + 2] + 1)]++;
            rows[127 - Integer.numberOfLeadingZeros(codes[row + 3] + 1)]++;
        }
        for (; row < count; row++) {
            rows[31 - Integer.numberOfLeadingZeros(codes[row] + 1)]++;
        }
        int[] sums = new int[32];
        for (int i = 0; i < rows.length; i++) {
            sums[i % 32] += rows[i];
        }
        return sums;
    }

    private int[] wideClasses() {
        int[] rows = new int[64];
        for (int row = 0; row < count; row++) {
            rows[63 - Long.numberOfLeadingZeros(wide[row] + 1)]++;
        }
        return rows;
    }

    Runs runs() {
        if (runs == null) {
            runs = isWide() ? wideRuns() : narrowRuns();
        }
        return runs;
    }

    private Runs narrowRuns() {
        int[] values = new int[runCount];
        int[] starts = new int[runCount + 1];
        findRuns(values, starts);
        int[] steps = steps(values);
        boolean isStepped = width < NARROW_BITS && bitsOfGroups(steps) < bitsOfGroups(values);
        int[] said = isStepped ? steps : values;
        return new Runs(
                isStepped,
                groups(starts, values, (from, to) -> form(Arrays.copyOfRange(said, from, to))));
    }

    /// How the codes of the runs `[from, to)` are said.
    private interface RunCodes {
        BlockForm form(int from, int to);
    }

    /// @param befores the code of each run, or nothing where none is said by the one before
    private List<RunGroup> groups(int[] starts, int[] befores, RunCodes codes) {
        List<RunGroup> groups = new ArrayList<>();
        for (int from = 0; from < runCount; from += RunEncoding.GROUP_RUNS) {
            int to = Math.min(runCount, from + RunEncoding.GROUP_RUNS);
            int before = from == 0 || befores.length == 0 ? 0 : befores[from - 1];
            BlockForm lengths = form(lengths(starts, from, to));
            groups.add(new RunGroup(starts[from], before, codes.form(from, to), lengths));
        }
        return groups;
    }

    private void findRuns(int[] values, int[] starts) {
        if (runCount <= count / LONG_RUN) {
            findLongRuns(values, starts);
        } else {
            findShortRuns(values, starts);
        }
    }

    private void findLongRuns(int[] values, int[] starts) {
        int from = 0;
        for (int run = 0; run < runCount; run++) {
            values[run] = codes[from];
            starts[run] = from;
            int more = Arrays.mismatch(codes, from, count - 1, codes, from + 1, count);
            from = more < 0 ? count : from + more + 1;
        }
        starts[runCount] = count;
    }

    /// Writes every row and advances where a run begins: no branch to mispredict.
    private void findShortRuns(int[] values, int[] starts) {
        values[0] = codes[0];
        starts[1] = 1;
        int run = 0;
        for (int row = 1; row < count; row++) {
            int isNew = codes[row] != codes[row - 1] ? 1 : 0;
            run += isNew;
            values[run] = codes[row];
            // Overwritten until the run ends, when this is where the next one begins.
            starts[run + 1] = row + 1;
        }
    }

    private int[] steps(int[] values) {
        int mask = (1 << width) - 1;
        int[] steps = new int[values.length];
        steps[0] = values[0];
        for (int run = 1; run < values.length; run++) {
            steps[run] = values[run] - values[run - 1] & mask;
        }
        return steps;
    }

    /// Bits that all groups take when each is packed in its own width.
    private static long bitsOfGroups(int[] values) {
        long total = 0;
        for (int from = 0; from < values.length; from += RunEncoding.GROUP_RUNS) {
            int to = Math.min(values.length, from + RunEncoding.GROUP_RUNS);
            int bits = 0;
            for (int i = from; i < to; i++) {
                bits |= values[i];
            }
            total += (long) (to - from) * (32 - Integer.numberOfLeadingZeros(bits));
        }
        return total;
    }

    private Runs wideRuns() {
        long[] values = new long[runCount];
        int[] starts = new int[runCount + 1];
        int run = -1;
        for (int row = 0; row < count; row++) {
            if (row == 0 || wide[row] != wide[row - 1]) {
                run++;
                values[run] = wide[row];
                starts[run] = row;
            }
        }
        starts[runCount] = count;
        return new Runs(
                false,
                groups(
                        starts,
                        new int[0],
                        (from, to) -> form(Arrays.copyOfRange(values, from, to))));
    }

    private static int[] lengths(int[] starts, int from, int to) {
        int[] lengths = new int[to - from];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = starts[from + i + 1] - starts[from + i] - 1;
        }
        return lengths;
    }

    private BlockForm form(long[] values) {
        return BlockCodec.choose(of(values, values.length, scratch), Level.MAGNITUDES);
    }

    private BlockForm form(int[] values) {
        return BlockCodec.choose(of(values, values.length, scratch), Level.MAGNITUDES);
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
