// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Runs of equal codes.
///
/// ```text
///  0  runs    4 bytes, how many
///  4  width   1 byte, 1 to 64, of a code
///  5  zero    3 bytes
///  8  ends    runs ints: the row behind each run, ascending, the last is the row count
///     codes   runs codes as BitPacker packs them, from the next multiple of 8
/// ```
final class RunLengthEncoding implements Encoding {
    private static final int HEADER_BYTES = 8;

    @Override
    public int wireId() {
        return 4;
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        return shape.width == 0 ? -1 : encodedSizeBytes(shape.runCount, shape.width);
    }

    private static long encodedSizeBytes(int runCount, int width) {
        return codesOffset(runCount) + BitPacker.sizeBytes(runCount, width);
    }

    private static long codesOffset(int runCount) {
        return HEADER_BYTES + (4L * runCount + 7) / 8 * 8;
    }

    @Override
    public void encode(long[] codes, BlockShape shape, ByteSink sink) {
        long[] runs = new long[shape.runCount];
        int[] ends = new int[shape.runCount];
        int run = 0;
        for (int row = 0; row < shape.count; row++) {
            if (row + 1 == shape.count || codes[row + 1] != codes[row]) {
                runs[run] = codes[row];
                ends[run++] = row + 1;
            }
        }
        int start = sink.size();
        sink.putInt(run);
        sink.putByte(shape.width);
        sink.putBytes(new byte[3], 0, 3);
        sink.putInts(ends, run);
        if ((sink.size() - start & 7) != 0) {
            sink.putInt(0);
        }
        BitPacker.pack(runs, run, shape.width, sink);
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        int runCount = body.intAt(0);
        int width = body.byteAt(4);
        if (runCount < 1 || runCount > rowCount) {
            throw body.corrupt(0, "1 to " + rowCount + " runs", Integer.toString(runCount));
        }
        if (width < 1 || width > 64) {
            throw body.corrupt(4, "a width of 1 to 64 bits", Integer.toString(width));
        }
        int[] ends = new int[runCount];
        body.copyInts(HEADER_BYTES, ends, 0, runCount);
        int last = 0;
        for (int end : ends) {
            if (end <= last) {
                throw body.corrupt(HEADER_BYTES, "ascending run ends", last + " then " + end);
            }
            last = end;
        }
        if (last != rowCount) {
            throw body.corrupt(HEADER_BYTES, "runs of " + rowCount + " rows", last + " rows");
        }
        long[] codes = new long[runCount];
        BitPacker.unpack(body, codesOffset(runCount), width, 0, runCount, codes);
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
            int row = first;
            int run = runOf(first);
            int end = Math.min(first + Limits.BATCH_ROWS, ends[ends.length - 1]);
            while (row < end) {
                int stop = Math.min(ends[run], end);
                int code = (int) runs[run++];
                while (row < stop) {
                    codes[row++ - first] = code;
                }
            }
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            int first = batch * Limits.BATCH_ROWS;
            int row = first;
            int run = runOf(first);
            int end = Math.min(first + Limits.BATCH_ROWS, ends[ends.length - 1]);
            while (row < end) {
                int stop = Math.min(ends[run], end);
                long code = runs[run++];
                while (row < stop) {
                    codes[row++ - first] = code;
                }
            }
        }

        /// The run that holds `row`.
        private int runOf(int row) {
            int found = java.util.Arrays.binarySearch(ends, row + 1);
            return found >= 0 ? found : -found - 1;
        }
    }
}
