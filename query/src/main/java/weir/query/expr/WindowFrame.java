// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which rows of its partition a window function sees for a row.
///
/// @param unit what is counted
/// @param start the first of them
/// @param end the last of them
public record WindowFrame(Unit unit, Bound start, Bound end) {
    /// Every row of the partition.
    public static final WindowFrame ALL =
            new WindowFrame(
                    Unit.ROWS,
                    Bound.of(BoundKind.UNBOUNDED_PRECEDING),
                    Bound.of(BoundKind.UNBOUNDED_FOLLOWING));

    /// What holds where none is written: up to the peers of the row, which without ORDER BY are all
    /// rows.
    public static final WindowFrame DEFAULT =
            new WindowFrame(
                    Unit.RANGE,
                    Bound.of(BoundKind.UNBOUNDED_PRECEDING),
                    Bound.of(BoundKind.CURRENT_ROW));

    /// What a bound counts.
    public enum Unit {
        /// Rows.
        ROWS,
        /// Distance of the value that is ordered by; CURRENT ROW means its peers too.
        RANGE,
        /// Groups of peers.
        GROUPS
    }

    /// Where a bound stands.
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING;

        /// Whether it counts from the row.
        public boolean hasOffset() {
            return this == PRECEDING || this == FOLLOWING;
        }
    }

    /// One end of a frame.
    ///
    /// @param kind where it stands
    /// @param offset how many rows or groups, BIGINT; null of RANGE and where the kind has none
    /// @param range where RANGE with an offset ends; else null
    public record Bound(BoundKind kind, @Nullable Expr offset, @Nullable Range range) {
        /// A bound without offset.
        public static Bound of(BoundKind kind) {
            return new Bound(kind, null, null);
        }
    }

    /// Where RANGE with an offset ends.
    ///
    /// @param key the value that rows are ordered by
    /// @param limit the value less or plus the offset, of the same type
    public record Range(Expr key, Expr limit) {}

    /// The expressions that are computed for each row.
    public List<Expr> expressions() {
        List<Expr> all = new ArrayList<>();
        for (Bound bound : List.of(start, end)) {
            Range range = bound.range();
            if (range != null) {
                all.add(range.key());
                all.add(range.limit());
            } else if (bound.offset() != null) {
                all.add(bound.offset());
            }
        }
        return all;
    }

    WindowFrame mapExpressions(UnaryOperator<Expr> change) {
        return new WindowFrame(unit, mapped(start, change), mapped(end, change));
    }

    private static Bound mapped(Bound bound, UnaryOperator<Expr> change) {
        Range range = bound.range();
        Expr offset = bound.offset();
        return new Bound(
                bound.kind(),
                offset == null ? null : change.apply(offset),
                range == null
                        ? null
                        : new Range(change.apply(range.key()), change.apply(range.limit())));
    }
}
