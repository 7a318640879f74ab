// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of how the columns of a table predict each other. Hints make segments smaller and
/// say how rows are ordered; they are never needed for what is read back, and names of columns that
/// a segment lacks are ignored.
///
/// @param groupedBy the dictionary column whose rows are to stand together; null leaves rows in the
///   order they came
/// @param pairs columns of which a row has one value that its group owns, or that is common, and
///   one that is not; rows are ordered by the latter within their group
/// @param equals columns that mostly have the value of another
/// @param differences number columns that are another one plus little
/// @param tuples columns of few values that come in few combinations
/// @param lookups number columns whose values are looked for, each list of them together: a page
///   index says where they are
/// @param summaries by what rows are grouped beforehand, see [SegmentSummary]
public record StorageHints(
        @Nullable String groupedBy,
        List<Pair> pairs,
        List<Link> equals,
        List<Link> differences,
        List<List<String>> tuples,
        List<List<String>> lookups,
        List<Summary> summaries) {

    /// @throws IllegalArgumentException when a column is in two lists of `lookups`, or in two pairs
    ///   or tuples: it can be said in one way only
    public StorageHints {
        Set<String> said = new HashSet<>();
        for (Pair pair : pairs) {
            addSaid(pair.first(), said);
            addSaid(pair.second(), said);
        }
        tuples.forEach(tuple -> tuple.forEach(column -> addSaid(column, said)));
        Set<String> known = new HashSet<>();
        for (List<String> columns : lookups) {
            for (String column : columns) {
                if (!known.add(column)) {
                    throw new IllegalArgumentException("column " + column + " is looked up twice");
                }
            }
        }
    }

    private static void addSaid(String column, Set<String> said) {
        if (!said.add(column)) {
            throw new IllegalArgumentException(
                    "column " + column + " is in two pairs or tuples; it can be in one");
        }
    }

    /// Hints without summaries.
    public StorageHints(
            @Nullable String groupedBy,
            List<Pair> pairs,
            List<Link> equals,
            List<Link> differences,
            List<List<String>> tuples,
            List<List<String>> lookups) {
        this(groupedBy, pairs, equals, differences, tuples, lookups, List.of());
    }

    /// The same with these summaries.
    public StorageHints withSummaries(List<Summary> more) {
        return new StorageHints(groupedBy, pairs, equals, differences, tuples, lookups, more);
    }

    /// Nothing is known.
    public static final StorageHints NONE =
            new StorageHints(null, List.of(), List.of(), List.of(), List.of(), List.of());

    /// Two columns of one type and dictionary.
    ///
    /// @param first one of them
    /// @param second the other
    /// @param owner the dictionary column that owns one of the two values; null when what counts is
    ///   how common a value is
    public record Pair(String first, String second, @Nullable String owner) {}

    /// A column said in terms of another of its type.
    ///
    /// @param column what is said
    /// @param other what it is said by
    public record Link(String column, String other) {}

    /// What is summed up for each combination of values. It is left out of segments that have too
    /// many of them.
    ///
    /// @param dimensions the columns that are combined, the most important first: later ones are
    ///   left out where a segment's values do not fit
    /// @param sums the number columns that are summed
    public record Summary(List<String> dimensions, List<String> sums) {}
}
