// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.util.Collection;
import java.util.List;

/// Words that somebody may have meant.
final class NearWords {
    /// Letters that may differ.
    private static final int EDITS_MAX = 2;

    private NearWords() {}

    /// Those of `known` that differ from `word` in at most two letters, or begin with it.
    static List<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        edits(word, candidate) <= EDITS_MAX
                                || (word.length() > 1 && candidate.startsWith(word)))
                .toList();
    }

    /// Letters to insert, remove or replace to turn one word into the other (Levenshtein).
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
