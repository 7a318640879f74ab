// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import weir.engine.encoding.BlockShape.RunGroup;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Runs of equal codes: a code for each run and its length, both encoded in turn. Where the rows
/// are sorted, the codes of runs ascend for long, and the steps between them are smaller than they
/// are.
///
/// Runs come in groups, each read without the others, so that a few rows cost a few runs and not
/// all of the block.
///
/// ```text
///  0  runs     4 bytes, how many, 1 to the row count
///  4  width    1 byte, 1 to 64, of a code
///  5  stepped  1 byte: 0 when the codes stand themselves, 1 when each is the step from the one
///              before, modulo 2^width
///  6  zero     2 bytes
///  8  groups   16 bytes for each group of 512 runs, the last one shorter: its first row, where it
///              stands in the block, and the code before it where codes are stepped, otherwise 0
///     runs     for each group a nested block of the runs' codes or steps, and a nested block of
///              the runs' rows, less one
/// ```
final class RunEncoding implements Encoding {
    /// Runs of a group: so many that what stands once for each group hardly counts, and so few that
    /// reading one takes a few microseconds.
    static final int GROUP_RUNS = 512;

    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 16;

    /// Bits of a run, at least, where runs are many.
    private static final int RUN_BITS_MIN = 4;

    /// Rows of what counts as a long run.
    private static final int LONG_RUN = 8;

    @Override
    public int wireId() {
        return 13;
    }

    @Override
    public Level level() {
        return Level.RUNS;
    }

    /// Long runs are written as fast as planes; short ones take a step each.
    @Override
    public int savingNeeded(BlockShape shape) {
        return shape.runCount <= shape.count / LONG_RUN ? 1 : 8;
    }

    /// A run takes a few bits for its code and its length: where even that is too much, runs are
    /// not looked at.
    @Override
    public boolean isHopeless(BlockShape shape, long limitBytes) {
        return (long) shape.runCount * RUN_BITS_MIN / 8 > limitBytes;
    }

    /// Runs are looked at only where there are clearly fewer than rows.
    @Override
    public long encodedSizeBytes(BlockShape shape) {
        if (shape.width == 0 || shape.runCount > shape.count - shape.count / 4) {
            return -1;
        }
        long size = HEADER_BYTES;
        for (RunGroup group : shape.runs().groups()) {
            size += ENTRY_BYTES + sizeBytes(group);
        }
        return size;
    }

    private static long sizeBytes(RunGroup group) {
        return NestedBlock.sizeBytes(group.codes()) + NestedBlock.sizeBytes(group.lengths());
    }

    private static int groupCount(int runCount) {
        return (runCount + GROUP_RUNS - 1) / GROUP_RUNS;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        BlockShape.Runs runs = shape.runs();
        sink.putInt(shape.runCount);
        sink.putInt(shape.width | (runs.isStepped() ? 1 << 8 : 0));
        long offset = HEADER_BYTES + (long) ENTRY_BYTES * runs.groups().size();
        for (RunGroup group : runs.groups()) {
            sink.putInt(group.row());
            sink.putInt((int) offset);
            sink.putLong(runs.isStepped() ? group.before() : 0);
            offset += sizeBytes(group);
        }
        for (RunGroup group : runs.groups()) {
            NestedBlock.encode(group.codes(), sink);
            NestedBlock.encode(group.lengths(), sink);
        }
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int runCount = body.intAt(0);
        int width = body.byteAt(4);
        int stepped = body.byteAt(5);
        if (runCount < 1 || runCount > rowCount) {
            throw body.corrupt(0, "1 to " + rowCount + " runs", Integer.toString(runCount));
        }
        if (width < 1 || width > 64 || stepped > 1) {
            throw body.corrupt(
                    4, "a width of 1 to 64 bits, and 0 or 1", width + " bits, and " + stepped);
        }
        body.expectZeros(6, 2);
        int groups = groupCount(runCount);
        int[] rows = new int[groups + 1];
        long[] offsets = new long[groups + 1];
        long[] entries = new long[2 * groups];
        body.copyLongs(HEADER_BYTES, entries, 0, entries.length);
        for (int group = 0; group < groups; group++) {
            rows[group] = (int) entries[2 * group];
            offsets[group] = entries[2 * group] >>> 32;
            if (stepped == 0 && entries[2 * group + 1] != 0) {
                throw body.corrupt(entryAt(group) + 8, "8 zero bytes", "other bytes");
            }
        }
        rows[groups] = rowCount;
        offsets[groups] = body.size();
        if (rows[0] != 0 || offsets[0] != entryAt(groups)) {
            throw body.corrupt(
                    HEADER_BYTES,
                    "a group from row 0 and at byte " + entryAt(groups) + " of the block",
                    "row " + rows[0] + " and byte " + offsets[0]);
        }
        for (int group = 0; group < groups; group++) {
            if (rows[group + 1] <= rows[group] || offsets[group + 1] <= offsets[group]) {
                throw body.corrupt(
                        entryAt(group + 1 < groups ? group + 1 : group),
                        "rows and places of groups that ascend",
                        "rows %d and %d, bytes %d and %d"
                                .formatted(
                                        rows[group],
                                        rows[group + 1],
                                        offsets[group],
                                        offsets[group + 1]));
            }
        }
        return new Decoder(body, rows, offsets, runCount, width, stepped == 1);
    }

    private static int entryAt(int group) {
        return HEADER_BYTES + ENTRY_BYTES * group;
    }

    /// Holds the runs of one group, which are good for all batches within it.
    private static final class Decoder implements BlockDecoder {
        /// So many rows of a run are written without asking how long it is.
        private static final int STRIDE = 4;

        private final Slice body;

        /// The first row of each group, then the row count.
        private final int[] rows;

        /// Where each group stands, then where the block ends.
        private final long[] offsets;

        private final int runCount;
        private final int width;
        private final boolean isStepped;

        private int group = -1;

        /// For each run of the group the row behind it.
        private final int[] ends;

        private int[] intRuns = new int[0];
        private long[] longRuns = new long[0];
        private int[] ints = new int[0];
        private int[] runFlags = new int[0];

        Decoder(
                Slice body,
                int[] rows,
                long[] offsets,
                int runCount,
                int width,
                boolean isStepped) {
            this.body = body;
            this.rows = rows;
            this.offsets = offsets;
            this.runCount = runCount;
            this.width = width;
            this.isStepped = isStepped;
            this.ends = new int[Math.min(runCount, GROUP_RUNS)];
        }

        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        /// Some rows of a batch that one group says.
        private interface Part {
            /// @param run of the loaded group, which has the row `from`
            /// @param from within the batch
            /// @param to behind the last row, within the batch
            /// @param first the row of the block that the batch begins at
            void read(int run, int from, int to, int first);
        }

        /// Loads each group of a batch in turn, for `part` to read.
        private void forEachGroup(int batch, Part part) {
            int first = batch * Limits.BATCH_ROWS;
            int end = Math.min(first + Limits.BATCH_ROWS, rows[rows.length - 1]);
            int row = first;
            for (int next = groupOf(first); row < end; next++) {
                load(next);
                int stop = Math.min(rows[next + 1], end);
                part.read(runOf(row), row - first, stop - first, first);
                row = stop;
            }
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            forEachGroup(
                    batch, (run, from, to, first) -> fill(intRuns, run, from, to, first, codes));
        }

        /// Writes the rows `[row, end)` of a batch that begins at row `first` of the block, from
        /// the run `run` on.
        private void fill(int[] runs, int run, int row, int end, int first, int[] codes) {
            int at = row;
            for (int next = run; at < end; next++) {
                int stop = Math.min(ends[next] - first, end);
                int code = runs[next];
                if (at + STRIDE <= codes.length) {
                    // What is written beyond a short run is overwritten by the next ones.
                    codes[at] = code;
                    codes[at + 1] = code;
                    codes[at + 2] = code;
                    codes[at + 3] = code;
                    at += STRIDE;
                }
                while (at < stop) {
                    codes[at++] = code;
                }
                at = stop;
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            if (fitsInts()) {
                if (ints.length == 0) {
                    ints = BlockDecoder.scratch(rows[rows.length - 1]);
                }
                decodeInts(batch, ints);
                for (int i = 0; i < ints.length; i++) {
                    codes[i] = ints[i];
                }
                return;
            }
            forEachGroup(
                    batch, (run, from, to, first) -> fill(longRuns, run, from, to, first, codes));
        }

        private void fill(long[] runs, int run, int row, int end, int first, long[] codes) {
            int at = row;
            for (int next = run; at < end; next++) {
                int stop = Math.min(ends[next] - first, end);
                Arrays.fill(codes, at, stop, runs[next]);
                at = stop;
            }
        }

        @Override
        public boolean test(int batch, CodeFilter filter, int[] flags) {
            if (!fitsInts()) {
                return false;
            }
            if (runFlags.length == 0) {
                runFlags = new int[ends.length];
            }
            Arrays.fill(flags, 0);
            forEachGroup(
                    batch,
                    (run, from, to, first) -> {
                        filter.test(intRuns, runs(group), runFlags);
                        flag(run, from, to, first, flags);
                    });
            return true;
        }

        /// Sets the flags of the rows `[from, to)` of a batch whose run has one.
        private void flag(int run, int from, int to, int first, int[] flags) {
            int row = from;
            for (int next = run; row < to; next++) {
                int stop = Math.min(ends[next] - first, to);
                if (runFlags[next] != 0) {
                    Arrays.fill(flags, row, stop, 1);
                }
                row = stop;
            }
        }

        private int groupOf(int row) {
            int found = Arrays.binarySearch(rows, row);
            return found >= 0 ? found : -found - 2;
        }

        /// The run of the loaded group that holds `row`.
        private int runOf(int row) {
            int found = Arrays.binarySearch(ends, 0, runs(group), row + 1);
            return found >= 0 ? found : -found - 1;
        }

        private int runs(int group) {
            return Math.min(GROUP_RUNS, runCount - group * GROUP_RUNS);
        }

        private void load(int wanted) {
            if (group == wanted) {
                return;
            }
            group = -1;
            int runs = runs(wanted);
            long codesAt = offsets[wanted];
            long lengthsAt = codesAt + NestedBlock.sizeBytes(body, codesAt);
            loadCodes(wanted, codesAt, runs);
            loadEnds(wanted, lengthsAt, runs);
            group = wanted;
        }

        private void loadCodes(int wanted, long at, int runs) {
            BlockDecoder nested = NestedBlock.decoder(body, at, runs, Level.MAGNITUDES);
            long before = isStepped ? body.longAt(entryAt(wanted) + 8) : 0;
            if (!fitsInts()) {
                if (longRuns.length == 0) {
                    longRuns = new long[ends.length];
                }
                nested.decodeLongs(0, longRuns);
                long mask = width == 64 ? -1L : (1L << width) - 1;
                if (isStepped) {
                    accumulate(longRuns, runs, before, mask);
                } else {
                    for (int run = 0; run < runs; run++) {
                        longRuns[run] &= mask;
                    }
                }
                return;
            }
            if (!nested.fitsInts()) {
                throw body.corrupt(at, "codes of " + width + " bits", "wider ones");
            }
            if (intRuns.length == 0) {
                intRuns = new int[ends.length];
            }
            nested.decodeInts(0, intRuns);
            int mask = (1 << width) - 1;
            if (isStepped) {
                accumulate(intRuns, runs, (int) before, mask);
            } else {
                for (int run = 0; run < runs; run++) {
                    intRuns[run] &= mask;
                }
            }
        }

        private static void accumulate(int[] steps, int count, int before, int mask) {
            int last = before;
            for (int run = 0; run < count; run++) {
                last = last + steps[run] & mask;
                steps[run] = last;
            }
        }

        private static void accumulate(long[] steps, int count, long before, long mask) {
            long last = before;
            for (int run = 0; run < count; run++) {
                last = last + steps[run] & mask;
                steps[run] = last;
            }
        }

        private void loadEnds(int wanted, long at, int runs) {
            long size = NestedBlock.sizeBytes(body, at);
            if (at + size != offsets[wanted + 1]) {
                throw body.corrupt(
                        at,
                        "a group that ends where the next begins",
                        "an end at byte " + (at + size) + " of the block");
            }
            BlockDecoder lengths = NestedBlock.decoder(body, at, runs, Level.MAGNITUDES);
            int rowsLeft = rows[wanted + 1] - rows[wanted];
            if (!lengths.fitsInts()) {
                throw body.corrupt(at, "lengths of at most " + rowsLeft + " rows", "longer ones");
            }
            lengths.decodeInts(0, ends);
            long end = rows[wanted];
            int bits = 0;
            for (int run = 0; run < runs; run++) {
                bits |= ends[run];
                end += ends[run] + 1L;
                ends[run] = (int) end;
            }
            if (bits < 0 || end != rows[wanted + 1]) {
                throw body.corrupt(
                        at,
                        "runs that end at row " + rows[wanted + 1],
                        bits < 0 ? "a run below 0 rows" : "row " + end);
            }
        }
    }
}
