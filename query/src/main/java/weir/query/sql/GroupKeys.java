// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import weir.query.expr.Expr;
import weir.query.value.Allowance;

/// What a SELECT groups by.
///
/// @param keys every key, each once
/// @param sets which of the keys each set of GROUP BY has, ascending; one set where GROUP BY has no
///   GROUPING SETS, ROLLUP or CUBE
record GroupKeys(List<Expr> keys, List<List<Integer>> sets) {
    /// One group of all rows.
    static final GroupKeys NONE = new GroupKeys(List.of(), List.of(List.of()));

    /// Gathers the elements of GROUP BY.
    static final class Builder {
        private final List<Expr> keys = new ArrayList<>();
        private List<List<Integer>> sets = List.of(List.of());

        /// Adds an element: each set that there was becomes one with each of `choices`.
        void add(List<List<Expr>> choices) {
            List<List<Integer>> all = new ArrayList<>();
            for (List<Integer> set : sets) {
                for (List<Expr> choice : choices) {
                    Allowance.current().step();
                    TreeSet<Integer> both = new TreeSet<>(set);
                    choice.forEach(key -> both.add(indexOf(key)));
                    all.add(List.copyOf(both));
                }
            }
            sets = all;
        }

        private int indexOf(Expr key) {
            if (!keys.contains(key)) {
                keys.add(key);
            }
            return keys.indexOf(key);
        }

        /// @param isDistinct whether equal sets are one
        GroupKeys build(boolean isDistinct) {
            return new GroupKeys(
                    List.copyOf(keys),
                    isDistinct ? sets.stream().distinct().toList() : List.copyOf(sets));
        }
    }
}
