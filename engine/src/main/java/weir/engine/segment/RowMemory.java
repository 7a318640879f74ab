// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Arrays that the rows of one segment leave to those of the next, so that a run that writes many
/// segments does not ask for their memory again and again. What is in an array means nothing.
/// Confined to one thread at a time.
public final class RowMemory {
    /// Arrays shorter than this are not worth keeping.
    private static final int KEPT_MIN = 1 << 12;

    /// Most arrays that are kept: the shortest make room for others.
    private static final int ARRAYS_MAX = 80;

    private static final int LONGS_MAX = 4;

    private final List<int[]> ints = new ArrayList<>();
    private final List<long[]> longs = new ArrayList<>();

    /// An array of at least `size` ints.
    int[] ints(int size) {
        for (int i = ints.size() - 1; i >= 0; i--) {
            if (ints.get(i).length >= size && size >= KEPT_MIN) {
                return ints.remove(i);
            }
        }
        return new int[size];
    }

    /// An array of at least `size` longs.
    long[] longs(int size) {
        for (int i = longs.size() - 1; i >= 0; i--) {
            if (longs.get(i).length >= size && size >= KEPT_MIN) {
                return longs.remove(i);
            }
        }
        return new long[size];
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
        if (array.length >= KEPT_MIN) {
            ints.add(array);
            if (ints.size() > ARRAYS_MAX) {
                ints.remove(Collections.min(ints, Comparator.comparingInt(kept -> kept.length)));
            }
        }
    }

    /// Takes an array that nobody uses any more.
    void release(long[] array) {
        if (array.length >= KEPT_MIN && longs.size() < LONGS_MAX) {
            longs.add(array);
        }
    }
}
