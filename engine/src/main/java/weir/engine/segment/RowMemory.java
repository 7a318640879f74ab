// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Arrays that the rows of one segment leave to those of the next, so that a run that writes many
/// segments does not ask for their memory again and again. What is in an array means nothing.
/// Confined to one thread at a time.
///
/// *Invariant:* what is kept behind a segment was used by that segment. However arrays come here,
/// many segments hold no more than one of them needs.
public final class RowMemory {
    /// Arrays shorter than this are not worth keeping.
    private static final int KEPT_MIN = 1 << 12;

    private final Kept<int[]> ints = new Kept<>(array -> array.length);
    private final Kept<long[]> longs = new Kept<>(array -> array.length);

    /// Arrays of one kind that nobody uses now: first those that were not used since the last
    /// segment ended, then the others in the order they came.
    private static final class Kept<A> {
        private final List<A> arrays = new ArrayList<>();
        private final ToIntFunction<A> length;
        private int unusedCount;

        Kept(ToIntFunction<A> length) {
            this.length = length;
        }

        /// An array of at least `size`; null when there is none, and then the longest of those that
        /// are too short makes room for it.
        @Nullable A take(int size) {
            if (size < KEPT_MIN) {
                return null;
            }
            int longest = -1;
            for (int i = arrays.size() - 1; i >= 0; i--) {
                if (length(i) >= size) {
                    return remove(i);
                }
                longest = longest < 0 || length(i) > length(longest) ? i : longest;
            }
            if (longest >= 0) {
                remove(longest);
            }
            return null;
        }

        private int length(int i) {
            return length.applyAsInt(arrays.get(i));
        }

        private A remove(int i) {
            unusedCount -= i < unusedCount ? 1 : 0;
            return arrays.remove(i);
        }

        void add(A array) {
            if (length.applyAsInt(array) >= KEPT_MIN) {
                arrays.add(array);
            }
        }

        void endSegment() {
            arrays.subList(0, unusedCount).clear();
            unusedCount = arrays.size();
        }

        long elements() {
            return arrays.stream().mapToLong(length::applyAsInt).sum();
        }
    }

    /// An array of at least `size` ints.
    int[] ints(int size) {
        int[] array = ints.take(size);
        return array == null ? new int[size] : array;
    }

    /// An array of at least `size` longs.
    long[] longs(int size) {
        long[] array = longs.take(size);
        return array == null ? new long[size] : array;
    }

    /// `array`, or a longer one with the same beginning that has room for `size`.
    int[] grown(int[] array, int size) {
        if (array.length >= size) {
            return array;
        }
        int[] longer = ints(Math.max(size, 2 * array.length));
        System.arraycopy(array, 0, longer, 0, array.length);
        release(array);
        return longer;
    }

    /// Takes an array that nobody uses any more.
    void release(int[] array) {
        ints.add(array);
    }

    /// Takes an array that nobody uses any more.
    void release(long[] array) {
        longs.add(array);
    }

    /// Says that a segment was written: what it had no use for is let go.
    void endSegment() {
        ints.endSegment();
        longs.endSegment();
    }

    /// Bytes of all arrays that are kept.
    long keptBytes() {
        return ints.elements() * Integer.BYTES + longs.elements() * Long.BYTES;
    }
}
