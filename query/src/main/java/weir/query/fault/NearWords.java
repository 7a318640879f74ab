// SPDX-License-Identifier: Apache-2.0
package weir.query.fault;

import java.util.Collection;
import java.util.List;

/// Words that somebody may have meant.
public final class NearWords {
    /// Letters that may differ.
    private static final int EDITS_MAX = 2;

    private NearWords() {}

    /// Those of `known` that differ from `word` in at most two letters, or begin with it.
    public static List<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        distance(word, candidate, EDITS_MAX + 1) <= EDITS_MAX
                                || (word.length() > 1 && candidate.startsWith(word)))
                .toList();
    }

    /// The edit distance with swaps of neighbours (Damerau, "optimal string alignment"), or `most`
    /// when it is not less.
    public static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) >= most) {
            return most;
        }
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            table[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            table[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
                least = Math.min(least, table[i - 1][j - 1] + change);
                boolean isSwap =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                table[i][j] = isSwap ? Math.min(least, table[i - 2][j - 2] + 1) : least;
            }
        }
        return Math.min(most, table[a.length()][b.length()]);
    }
}
