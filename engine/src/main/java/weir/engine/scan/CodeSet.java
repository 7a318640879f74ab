// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.BitSet;
import weir.engine.encoding.CodeFilter;

/// Which codes of a dictionary pass a test: a range where they stand together, else a bit for each.
/// Immutable.
public final class CodeSet implements CodeFilter {
    private final int first;
    private final int last;
    private final boolean isRange;
    private final long[] words;

    private CodeSet(int first, int last, boolean isRange, long[] words) {
        this.first = first;
        this.last = last;
        this.isRange = isRange;
        this.words = words;
    }

    /// The codes `first` to `last`, both of them too; empty when `first` is greater.
    public static CodeSet range(int first, int last) {
        return new CodeSet(first, last, true, new long[0]);
    }

    /// No code.
    public static CodeSet none() {
        return range(0, -1);
    }

    /// The codes whose bit is set.
    public static CodeSet of(BitSet codes) {
        if (codes.isEmpty()) {
            return none();
        }
        int first = codes.nextSetBit(0);
        int last = codes.length() - 1;
        if (codes.cardinality() == last - first + 1) {
            return range(first, last);
        }
        return new CodeSet(first, last, false, codes.toLongArray());
    }

    /// Whether no code passes.
    public boolean isEmpty() {
        return first > last;
    }

    /// Whether `code` passes.
    public boolean contains(int code) {
        return code >= first && code <= last && (isRange || (words[code >>> 6] >>> code & 1) != 0);
    }

    /// How many codes pass.
    int count() {
        if (isRange) {
            return last - first + 1;
        }
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /// The least code that passes and is not below `from`; -1 when there is none.
    int next(int from) {
        int least = Math.max(from, first);
        if (least > last) {
            return -1;
        }
        if (isRange) {
            return least;
        }
        int at = least >>> 6;
        long word = words[at] & -1L << least;
        while (word == 0) {
            word = words[++at]; // the last code passes, so the search ends
        }
        return (at << 6) + Long.numberOfTrailingZeros(word);
    }

    /// The least code that passes.
    int first() {
        return first;
    }

    /// The greatest code that passes.
    int last() {
        return last;
    }

    /// Whether every code from `from` to `to` passes.
    boolean containsAll(int from, int to) {
        if (from < first || to > last) {
            return false;
        }
        if (isRange) {
            return true;
        }
        for (int code = from; code <= to; code++) {
            if (!contains(code)) {
                return false;
            }
        }
        return true;
    }

    /// Whether some code from `from` to `to` passes.
    boolean containsAny(int from, int to) {
        int low = Math.max(from, first);
        int high = Math.min(to, last);
        if (isRange) {
            return low <= high;
        }
        for (int code = low; code <= high; code++) {
            if (contains(code)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void test(int[] codes, int count, int[] flags) {
        if (isRange) {
            testRange(codes, count, first, last, flags);
        } else {
            testWords(codes, count, words, flags);
        }
    }

    /// Sign-bit arithmetic on purpose: a comparison would become a branch.
    private static void testRange(int[] codes, int count, int first, int last, int[] flags) {
        for (int i = 0; i < count; i++) {
            int below = codes[i] - first;
            int above = last - codes[i];
            flags[i] = ~(below | above) >>> 31;
        }
    }

    private static void testWords(int[] codes, int count, long[] words, int[] flags) {
        int limit = words.length << 6;
        for (int i = 0; i < count; i++) {
            int code = codes[i];
            flags[i] = code >= 0 && code < limit ? (int) (words[code >>> 6] >>> code) & 1 : 0;
        }
    }
}
