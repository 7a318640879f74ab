// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import java.util.function.LongPredicate;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Runs of equal codes: a code for each run and its length, both encoded in turn. Where the rows
/// are sorted, the codes of runs ascend for long, and the steps between them are smaller than they
/// are.
///
/// ```text
///  0  runs     4 bytes, how many, 1 to the row count
///  4  width    1 byte, 1 to 64, of a code
///  5  stepped  1 byte: 0 when the codes stand themselves, 1 when each is the step from the one
///              before, modulo 2^width; the first is a step from 0
///  6  zero     2 bytes
///  8  codes    a nested block of the runs' codes or steps
///     lengths  a nested block of the runs' rows, less one
/// ```
final class RunEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;

    /// Rows of what counts as a long run.
    private static final int LONG_RUN = 8;

    /// So many rows of a run are written without asking how long it is.
    private static final int STRIDE = 4;

    @Override
    public int wireId() {
        return 11;
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

    /// Runs are looked at only where there are clearly fewer than rows.
    @Override
    public long encodedSizeBytes(BlockShape shape) {
        if (shape.width == 0 || shape.runCount > shape.count - shape.count / 4) {
            return -1;
        }
        BlockShape.Runs runs = shape.runs();
        return HEADER_BYTES
                + NestedBlock.sizeBytes(runs.codes())
                + NestedBlock.sizeBytes(runs.lengths());
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        BlockShape.Runs runs = shape.runs();
        sink.putInt(shape.runCount);
        sink.putInt(shape.width | (runs.isStepped() ? 1 << 8 : 0));
        NestedBlock.encode(runs.codes(), sink);
        NestedBlock.encode(runs.lengths(), sink);
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
        long[] codes = NestedBlock.decode(body, HEADER_BYTES, runCount, Level.MAGNITUDES);
        long lengthsAt = HEADER_BYTES + NestedBlock.sizeBytes(body, HEADER_BYTES);
        long[] lengths = NestedBlock.decode(body, lengthsAt, runCount, Level.MAGNITUDES);
        body.expectEnd(lengthsAt + NestedBlock.sizeBytes(body, lengthsAt));
        long mask = width == 64 ? -1L : (1L << width) - 1;
        int[] ends = new int[runCount];
        long end = 0;
        long last = 0;
        for (int run = 0; run < runCount; run++) {
            if (lengths[run] < 0 || lengths[run] >= rowCount - end) {
                throw body.corrupt(
                        lengthsAt, "runs of " + rowCount + " rows in all", "a longer run " + run);
            }
            end += lengths[run] + 1;
            ends[run] = (int) end;
            last = stepped == 1 ? last + codes[run] & mask : codes[run] & mask;
            codes[run] = last;
        }
        if (end != rowCount) {
            throw body.corrupt(lengthsAt, "runs of " + rowCount + " rows in all", end + " rows");
        }
        return new Decoder(ends, codes, width);
    }

    private record Decoder(int[] ends, long[] runs, int width) implements BlockDecoder {
        @Override
        public boolean fitsInts() {
            return width <= 31;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            int first = batch * Limits.BATCH_ROWS;
            int end = Math.min(first + Limits.BATCH_ROWS, ends[ends.length - 1]) - first;
            int run = runOf(first);
            int row = 0;
            while (row < end) {
                int stop = Math.min(ends[run] - first, end);
                int code = (int) runs[run++];
                if (row + STRIDE <= Limits.BATCH_ROWS) {
                    // What is written beyond a short run is overwritten by the next ones.
                    codes[row] = code;
                    codes[row + 1] = code;
                    codes[row + 2] = code;
                    codes[row + 3] = code;
                    row += STRIDE;
                }
                while (row < stop) {
                    codes[row++] = code;
                }
                row = stop;
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int first = batch * Limits.BATCH_ROWS;
            int end = Math.min(first + Limits.BATCH_ROWS, ends[ends.length - 1]) - first;
            int run = runOf(first);
            int row = 0;
            while (row < end) {
                int stop = Math.min(ends[run] - first, end);
                long code = runs[run++];
                if (row + STRIDE <= Limits.BATCH_ROWS) {
                    // What is written beyond a short run is overwritten by the next ones.
                    codes[row] = code;
                    codes[row + 1] = code;
                    codes[row + 2] = code;
                    codes[row + 3] = code;
                    row += STRIDE;
                }
                while (row < stop) {
                    codes[row++] = code;
                }
                row = stop;
            }
        }

        @Override
        public int batches(LongPredicate test) {
            int batches = 0;
            int from = 0;
            for (int run = 0; run < ends.length; run++) {
                if (test.test(runs[run])) {
                    batches |= BlockDecoder.batchesOf(from, ends[run]);
                }
                from = ends[run];
            }
            return batches;
        }

        /// The run that holds `row`.
        private int runOf(int row) {
            int found = Arrays.binarySearch(ends, row + 1);
            return found >= 0 ? found : -found - 1;
        }
    }
}
