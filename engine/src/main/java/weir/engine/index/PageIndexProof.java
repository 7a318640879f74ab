// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Compares a page index with the rows of its columns, which come one column after the other.
/// Confined to one thread.
public final class PageIndexProof {
    private final PageIndex index;
    private final long keysMax;
    private long[] expected = new long[0];

    /// @param keysMax how many keys an index of these columns may cover
    public PageIndexProof(PageIndex index, long keysMax) {
        this.index = index;
        this.keysMax = keysMax;
    }

    private boolean isTooWide() {
        return index.keyCount() > keysMax;
    }

    /// Adds the keys of all rows of a column.
    public void add(long[] keys) {
        if (!isTooWide()) {
            expected = merged(expected, index.postingsOf(keys));
        }
    }

    /// Both together, which ascend, each number once.
    private static long[] merged(long[] a, long[] b) {
        long[] all = new long[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            long next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
            i += i < a.length && a[i] == next ? 1 : 0;
            j += j < b.length && b[j] == next ? 1 : 0;
            all[size++] = next;
        }
        return Arrays.copyOf(all, size);
    }

    /// Where the index is not that of the columns added; null when it is.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the index is damaged
    public @Nullable IndexDifference difference() {
        if (isTooWide()) {
            return new IndexDifference("at most " + keysMax + " keys", index.keyCount() + "");
        }
        return index.difference(expected);
    }
}
