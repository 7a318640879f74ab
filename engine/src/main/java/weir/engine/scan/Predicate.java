// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.List;
import weir.engine.schema.Column;

/// A condition on rows that a scan can prune with: no SQL, no NULL logic. A row passes or it does
/// not; a comparison with an absent number does not pass. There is no negation: whoever builds a
/// predicate has moved it into the leaves.
public sealed interface Predicate {

    /// The number is from `min` to `max`, both of them too.
    ///
    /// @param column a number column
    record NumberRange(Column column, long min, long max) implements Predicate {}

    /// The number is one of `values`, which ascend.
    ///
    /// @param column a number column
    record NumberIn(Column column, List<Long> values) implements Predicate {}

    /// The row has no number.
    ///
    /// @param column a number column
    record NumberAbsent(Column column) implements Predicate {}

    /// The value passes a test.
    ///
    /// @param column a dictionary column
    record Matches(Column column, DictionaryTest test) implements Predicate {}

    /// Every part passes.
    record And(List<Predicate> parts) implements Predicate {}

    /// Some part passes.
    record Or(List<Predicate> parts) implements Predicate {}
}
