// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.query.fault.QueryException;

/// Numbers the sessions of one partition, row by row: a row opens another one where it starts more
/// than a gap behind the latest start or end of those before it. What is NULL says nothing.
final class Sessions {
    private long number;
    private boolean hasLatest;
    private long latest;

    /// Begins with another partition.
    void restart() {
        number = 1;
        hasLatest = false;
    }

    /// The session of the next row.
    long next(@Nullable Long start, @Nullable Long end, long gap) {
        if (gap < 0) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    "The gap between sessions must not be negative: " + gap);
        }
        if (start != null) {
            // A sum that overflows is behind every start.
            long reach = latest + gap;
            boolean isBounded = ((latest ^ reach) & (gap ^ reach)) >= 0;
            if (hasLatest && isBounded && start > reach) {
                number++;
            }
            extend(start);
        }
        if (end != null) {
            extend(end);
        }
        return number;
    }

    /// Tells of a start or end of a row that is in the session already.
    void extend(@Nullable Long time) {
        if (time != null) {
            extend((long) time);
        }
    }

    private void extend(long time) {
        latest = hasLatest ? Math.max(latest, time) : time;
        hasLatest = true;
    }
}
