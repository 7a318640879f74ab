// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

/// Which rows a join gives. Rows match when all keys are equal and the residual is true.
public enum JoinType {
    /// Each pair that matches.
    INNER,
    /// And each left row without match, with NULL for the right columns.
    LEFT,
    /// And each right row without match, with NULL for the left columns.
    RIGHT,
    /// And both of these.
    FULL,
    /// Each left row that has a match, once; no right column.
    SEMI,
    /// Each left row, and whether it has a match: true or false.
    MARK,
    /// Each left row, and whether its one key is IN the right rows: NULL when that is not known, as
    /// SQL has it. No residual.
    MARK_IN,
    /// As LEFT; two matches of a row are a failure: the rows of a scalar subquery.
    SINGLE;

    /// Whether the right columns are part of the rows.
    public boolean hasRight() {
        return switch (this) {
            case INNER, LEFT, RIGHT, FULL, SINGLE -> true;
            case SEMI, MARK, MARK_IN -> false;
        };
    }

    /// Whether a column behind the left ones tells of a match.
    public boolean hasMark() {
        return this == MARK || this == MARK_IN;
    }

    /// Whether a left row without match is part of the rows.
    public boolean keepsLeft() {
        return switch (this) {
            case LEFT, FULL, MARK, MARK_IN, SINGLE -> true;
            case INNER, RIGHT, SEMI -> false;
        };
    }

    /// Whether the rows are the left ones, each once, in their order.
    boolean keepsAll() {
        return hasMark() || this == SINGLE;
    }

    /// Whether a right row without match is part of the rows.
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }
}
