// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One record, typed as Athena shows it: integer columns are Long or null, all else is text in
/// which `-` stays `-`. Immutable.
public final class ReferenceRow {

    private final Map<String, Integer> positions;
    private final @Nullable Object[] values;
    private final String path;

    ReferenceRow(Map<String, Integer> positions, @Nullable Object[] values, String path) {
        this.positions = positions;
        this.values = values;
        this.path = path;
    }

    /// The value of a column by its Athena name; a column the log lacks is null.
    public @Nullable Object get(String column) {
        Integer position = positions.get(column);
        return position == null ? null : values[position];
    }

    /// The number in an integer column, null for `-`.
    public @Nullable Long number(String column) {
        return (Long) get(column);
    }

    /// The text in a text column; a column the log lacks is `-`.
    public String text(String column) {
        Object value = get(column);
        return value == null ? "-" : (String) value;
    }

    /// Whether a text column equals a text.
    public boolean is(String column, String wanted) {
        return text(column).equals(wanted);
    }

    /// Whether an integer column holds one of the numbers; null never does.
    public boolean isAny(String column, long... wanted) {
        Long value = number(column);
        if (value == null) {
            return false;
        }
        for (long candidate : wanted) {
            if (value == candidate) {
                return true;
            }
        }
        return false;
    }

    /// The file the record came from, as the reader was given it.
    public String path() {
        return path;
    }

    /// The first second as an instant; null when the log has no `start`.
    public @Nullable Instant start() {
        Long start = number("start");
        return start == null ? null : Instant.ofEpochSecond(start);
    }

    /// The UTC day of the first second; null when the log has no `start`.
    public @Nullable LocalDate date() {
        Instant start = start();
        return start == null ? null : LocalDate.ofInstant(start, ZoneOffset.UTC);
    }
}
