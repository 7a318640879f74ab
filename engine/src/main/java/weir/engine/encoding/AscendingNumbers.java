// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Distinct numbers ascending, as gaps in frames of 128: any one of them is found by a search among
/// the frames and the decoding of one frame.
///
/// ```text
///  0  count    4 bytes, how many numbers
///  4  zero     4 bytes
///  8  firsts   frames longs: the first number of each frame, below 2^60
///     widths   frames bytes, each 0 to 53, then zeros to a multiple of 8
///     gaps     of each frame: to each number but the first the gap from the one before, less one,
///              in `width` bits, as BitPacker packs them
/// ```
///
/// Immutable and safe for many readers: nothing but `firsts` and the place of each frame is kept in
/// memory.
public final class AscendingNumbers {
    /// Numbers of a frame.
    public static final int FRAME = 128;

    private static final int HEADER_BYTES = 8;

    /// A frame of the widest gaps still ends below `2^61`.
    private static final long FIRST_MAX = 1L << 60;

    private static final int WIDTH_MAX = 53;

    private final Slice body;
    private final int count;
    private final long[] firsts;

    /// Where the gaps of each frame begin in the body, and behind the last where they end.
    private final long[] starts;

    private AscendingNumbers(Slice body, int count, long[] firsts, long[] starts) {
        this.body = body;
        this.count = count;
        this.firsts = firsts;
        this.starts = starts;
    }

    private static int frameCount(int count) {
        return count / FRAME + (count % FRAME == 0 ? 0 : 1);
    }

    private static long gapsOffset(int frameCount) {
        return HEADER_BYTES + 8L * frameCount + (frameCount + 7) / 8 * 8L;
    }

    /// Appends the first `count` of `numbers`, which ascend from 0 or more and stay below 2^60 with
    /// gaps of at most 53 bits.
    public static void encode(long[] numbers, int count, ByteSink sink) {
        int frames = frameCount(count);
        int start = sink.size();
        sink.putInt(count);
        sink.putInt(0);
        for (int frame = 0; frame < frames; frame++) {
            sink.putLong(numbers[frame * FRAME]);
        }
        for (int frame = 0; frame < frames; frame++) {
            sink.putByte(width(numbers, frame * FRAME, Math.min(count, (frame + 1) * FRAME)));
        }
        sink.putBytes(new byte[8], 0, Math.floorMod(start - sink.size(), 8));
        long[] gaps = new long[FRAME];
        for (int from = 0; from < count; from += FRAME) {
            int to = Math.min(count, from + FRAME);
            for (int i = from + 1; i < to; i++) {
                gaps[i - from - 1] = numbers[i] - numbers[i - 1] - 1;
            }
            BitPacker.pack(gaps, to - from - 1, width(numbers, from, to), sink);
        }
    }

    private static int width(long[] numbers, int from, int to) {
        long bits = 0;
        for (int i = from + 1; i < to; i++) {
            long gap = numbers[i] - numbers[i - 1] - 1;
            assert gap >= 0 : "numbers that do not ascend";
            bits |= gap;
        }
        return 64 - Long.numberOfLeadingZeros(bits);
    }

    /// Reads what [#encode] appended, which is the whole of `body`.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such list
    public static AscendingNumbers decode(Slice body) {
        int count = body.intAt(0);
        int frames = frameCount(count);
        if (count < 0 || gapsOffset(frames) > body.size()) {
            throw body.corrupt(0, "numbers within their part", count + " numbers");
        }
        long[] firsts = new long[frames];
        body.copyLongs(HEADER_BYTES, firsts, 0, frames);
        body.expectZeros(4, 4);
        byte[] widths = body.bytesAt(HEADER_BYTES + 8L * frames, frames);
        body.expectZeros(HEADER_BYTES + 9L * frames, Math.floorMod(-frames, 8));
        long[] starts = new long[frames + 1];
        starts[0] = gapsOffset(frames);
        for (int frame = 0; frame < frames; frame++) {
            if (firsts[frame] < (frame == 0 ? 0 : firsts[frame - 1] + 1)
                    || firsts[frame] >= FIRST_MAX
                    || widths[frame] < 0
                    || widths[frame] > WIDTH_MAX) {
                throw body.corrupt(
                        HEADER_BYTES + 8L * frame,
                        "ascending first numbers, and gaps of at most " + WIDTH_MAX + " bits",
                        firsts[frame] + " and " + widths[frame] + " bits in frame " + frame);
            }
            int gaps = Math.min(FRAME, count - frame * FRAME) - 1;
            starts[frame + 1] = starts[frame] + BitPacker.sizeBytes(gaps, widths[frame]);
        }
        body.expectEnd(starts[frames]);
        return new AscendingNumbers(body, count, firsts, starts);
    }

    /// How many numbers there are.
    public int count() {
        return count;
    }

    /// How many frames there are.
    public int frameCount() {
        return firsts.length;
    }

    /// The numbers of a frame, of which the last one may be short.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when they do not ascend into the next
    ///   frame
    public long[] frame(int frame) {
        int size = Math.min(FRAME, count - frame * FRAME);
        long[] numbers = new long[size];
        int width = width(frame, size);
        BitPacker.unpack(body, starts[frame], width, 0, size - 1, numbers);
        long number = firsts[frame];
        for (int i = 0; i < size; i++) {
            long next = number + numbers[i] + 1;
            numbers[i] = number;
            number = next;
        }
        long end = frame + 1 < firsts.length ? firsts[frame + 1] : Long.MAX_VALUE;
        if (numbers[size - 1] >= end) {
            throw body.corrupt(
                    starts[frame], "numbers below " + end, Long.toString(numbers[size - 1]));
        }
        return numbers;
    }

    /// The bits of a gap: its byte stands behind the firsts.
    private int width(int frame, int size) {
        return size == 1 ? 0 : body.byteAt(HEADER_BYTES + 8L * firsts.length + frame);
    }

    /// The last frame whose first number is at most `number`, or -1.
    public int frameOf(long number) {
        int found = java.util.Arrays.binarySearch(firsts, number);
        return found >= 0 ? found : -found - 2;
    }

    /// A cursor before the first number.
    public Cursor cursor() {
        return new Cursor();
    }

    /// Reads the numbers in ascending order, passing over those that are not asked for. Confined to
    /// one thread.
    public final class Cursor {
        /// What [#seek] gives behind the last number.
        public static final long END = Long.MAX_VALUE;

        private long[] numbers = new long[0];
        private int frame = -1;
        private int at;

        private Cursor() {}

        /// The least number that is not below `least`, or [#END]. Calls come with ascending
        /// arguments.
        public long seek(long least) {
            if (numbers.length == 0 || numbers[numbers.length - 1] < least) {
                // Between the last number of a frame and the first of the next one, it is the next.
                int next = Math.max(frame + 1, frameOf(least));
                if (next >= frameCount()) {
                    return END;
                }
                load(next);
                if (numbers[numbers.length - 1] < least) {
                    if (next + 1 == frameCount()) {
                        return END;
                    }
                    load(next + 1);
                }
            }
            while (numbers[at] < least) {
                at++;
            }
            return numbers[at];
        }

        private void load(int next) {
            numbers = frame(next);
            frame = next;
            at = 0;
        }
    }
}
