// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names that tell types wholly: those of [SqlType#displayName()], and behind that of a timestamp
/// the zone that its values are shown in, where that is not UTC.
public final class TypeNames {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private static final Pattern TIMESTAMP =
            Pattern.compile("timestamp\\(([0-3])\\)( with time zone)?(?: (.+))?");

    private TypeNames() {}

    /// The name of `type`.
    public static String of(SqlType type) {
        return Timestamps.isElsewhere(type)
                ? type.displayName() + " " + Timestamps.zone(type)
                : type.displayName();
    }

    /// The type of values of one piece that is called `name`, or null when none is.
    public static @Nullable SqlType find(String name) {
        for (BasicType type : BasicType.values()) {
            if (type.displayName().equals(name)) {
                return type;
            }
        }
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return decimal(decimal);
        }
        Matcher timestamp = TIMESTAMP.matcher(name);
        return timestamp.matches() ? timestamp(timestamp) : null;
    }

    private static @Nullable SqlType timestamp(Matcher name) {
        String zone = name.group(3);
        if (name.group(2) == null) {
            return zone == null ? Timestamps.of(Integer.parseInt(name.group(1)), null) : null;
        }
        return Timestamps.of(Integer.parseInt(name.group(1)), zone == null ? Timestamps.UTC : zone);
    }

    private static @Nullable SqlType decimal(Matcher name) {
        try {
            return new SqlType.Decimal(
                    Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
