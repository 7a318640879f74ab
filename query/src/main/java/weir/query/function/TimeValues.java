// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Dates and timestamps as the classes of Java.
final class TimeValues {
    private TimeValues() {}

    /// What Java's formatter takes for a value of a type of time; `text` for others.
    static Object formatted(Object value, SqlType type, String text) {
        if (type == BasicType.DATE) {
            return LocalDate.ofEpochDay((Long) value);
        }
        if (!Timestamps.isTimestamp(type)) {
            return text;
        }
        Instant instant = Instant.ofEpochMilli((Long) value);
        return Timestamps.isLocal(type)
                ? instant.atOffset(ZoneOffset.UTC).toLocalDateTime()
                : instant.atZone(ZoneId.of(Timestamps.zone(type)));
    }
}
