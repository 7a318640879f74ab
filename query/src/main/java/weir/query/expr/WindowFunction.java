// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

/// The functions that only stand before OVER. Those up to LEAD look at the whole partition, the
/// others at the frame.
public enum WindowFunction {
    /// Place in the partition, from 1: BIGINT.
    ROW_NUMBER,
    /// 1 and how many rows come before the peers: BIGINT.
    RANK,
    /// 1 and how many groups of peers come before: BIGINT.
    DENSE_RANK,
    /// `(rank - 1) / (rows - 1)`, 0 in a partition of one row: DOUBLE.
    PERCENT_RANK,
    /// The share of rows that do not come behind the peers: DOUBLE.
    CUME_DIST,
    /// `ntile(buckets)`: which of about equally many rows each, from 1: BIGINT.
    NTILE,
    /// `session_number(start, end, gap)`: which session of the partition, from 1: BIGINT. A row
    /// opens another one where it starts more than `gap` behind the latest start or end of those
    /// before it. Trino does not have it.
    SESSION_NUMBER,
    /// `lag(x, offset, default)`: x of a row before this one, 1 where no offset is given.
    LAG,
    /// `lead(x, offset, default)`: x of a row behind this one, 1 where no offset is given.
    LEAD,
    /// x of the first row of the frame.
    FIRST_VALUE,
    /// x of the last row of the frame.
    LAST_VALUE,
    /// `nth_value(x, n)`: x of the nth row of the frame, from 1.
    NTH_VALUE;

    /// Whether a frame may be given.
    public boolean hasFrame() {
        return this == FIRST_VALUE || this == LAST_VALUE || this == NTH_VALUE;
    }

    /// Whether IGNORE NULLS may be given.
    public boolean hasNullTreatment() {
        return hasFrame() || this == LAG || this == LEAD;
    }
}
