// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import org.jspecify.annotations.Nullable;

/// The types of timestamps: how many digits of a second they have, 0 to 3, and which zone, if any.
///
/// All stand as milliseconds since 1970: of a clock without zone, or, where there is a zone, of the
/// instant in UTC. So values of two zones compare, sort and group as instants, and the zone is a
/// matter of the type: it says how they print and where their days begin.
public final class Timestamps {
    /// The zone of what has no other.
    public static final String UTC = "UTC";

    /// Digits of a second that are kept.
    public static final int PRECISION_MAX = 3;

    private Timestamps() {}

    /// The type of so many digits and of a zone, null for none.
    public static SqlType of(int precision, @Nullable String zone) {
        if (precision == PRECISION_MAX && zone == null) {
            return BasicType.TIMESTAMP;
        }
        return precision == PRECISION_MAX && UTC.equals(zone)
                ? BasicType.TIMESTAMP_TZ
                : new SqlType.Timestamp(precision, zone);
    }

    /// Whether values are points in time, with or without a zone.
    public static boolean isTimestamp(SqlType type) {
        return isLocal(type) || isInstant(type);
    }

    /// Whether values are timestamps without a zone.
    public static boolean isLocal(SqlType type) {
        return type.equals(BasicType.TIMESTAMP)
                || (type instanceof SqlType.Timestamp timestamp && timestamp.zone() == null);
    }

    /// Whether values are timestamps with a zone.
    public static boolean isInstant(SqlType type) {
        return type.equals(BasicType.TIMESTAMP_TZ)
                || (type instanceof SqlType.Timestamp timestamp && timestamp.zone() != null);
    }

    /// Whether values are timestamps with another zone than UTC, whose days begin elsewhere.
    public static boolean isElsewhere(SqlType type) {
        return type instanceof SqlType.Timestamp timestamp
                && timestamp.zone() != null
                && !timestamp.zone().equals(UTC);
    }

    /// Digits of a second of a timestamp.
    public static int precision(SqlType type) {
        return type instanceof SqlType.Timestamp timestamp ? timestamp.precision() : PRECISION_MAX;
    }

    /// The zone of a timestamp that has one; UTC for others.
    public static String zone(SqlType type) {
        String zone = type instanceof SqlType.Timestamp timestamp ? timestamp.zone() : null;
        return zone == null ? UTC : zone;
    }

    /// `millis` with no more than the digits of `type`, half up.
    public static long round(long millis, SqlType type) {
        long unit =
                switch (precision(type)) {
                    case 0 -> 1000;
                    case 1 -> 100;
                    case 2 -> 10;
                    default -> 1;
                };
        return unit == 1 ? millis : Math.floorDiv(millis + unit / 2, unit) * unit;
    }
}
