// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// Time zones: their names, and clocks that show them.
public final class Zones {
    /// The names of zones by what they are in lower case.
    private static final Map<String, String> NAMES =
            ZoneId.getAvailableZoneIds().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    name -> name.toLowerCase(Locale.ROOT),
                                    name -> name,
                                    (first, _) -> first));

    private Zones() {}

    /// The name under which types know the zone that `text` means, such as `America/New_York`,
    /// `+05:30` or `UTC`; null when there is none.
    public static @Nullable String name(String text) {
        if (TimeText.isUtc(text)) {
            return Timestamps.UTC;
        }
        String known = NAMES.get(text.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        if (!text.startsWith("+") && !text.startsWith("-")) {
            return null;
        }
        try {
            ZoneOffset offset = ZoneOffset.of(text);
            boolean isWhole = offset.getTotalSeconds() % 60 == 0;
            String name = offset.getId().equals("Z") ? Timestamps.UTC : offset.getId();
            return isWhole && Math.abs(offset.getTotalSeconds()) <= 14 * 3600 ? name : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// The zone of that name.
    ///
    /// @throws weir.query.fault.QueryException when there is none
    public static String required(String text) {
        String name = name(text);
        if (name == null) {
            throw InvalidValue.of("Time zone not supported: " + text);
        }
        return name;
    }

    /// How far the clocks of the zone of `type` are ahead of UTC at an instant, in milliseconds.
    public static long offset(long millis, SqlType type) {
        String zone = Timestamps.zone(type);
        return zone.equals(Timestamps.UTC)
                ? 0
                : ZoneId.of(zone)
                                .getRules()
                                .getOffset(Instant.ofEpochMilli(millis))
                                .getTotalSeconds()
                        * 1000L;
    }

    /// What clocks in the zone of `type` show at an instant.
    public static long toLocal(long millis, SqlType type) {
        return millis + offset(millis, type);
    }

    /// The instant at which clocks in the zone of `type` show `local`: the first one where they
    /// show it twice, and later by the gap where they never do.
    public static long toInstant(long local, SqlType type) {
        String zone = Timestamps.zone(type);
        if (zone.equals(Timestamps.UTC)) {
            return local;
        }
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(local), ZoneOffset.UTC);
        return time.atZone(ZoneId.of(zone)).toInstant().toEpochMilli();
    }
}
