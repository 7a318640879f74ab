// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which hours the records in a folder may be of, told by its path: of those that AWS delivers to,
/// plain or compatible with Hive, by day or by hour.
///
/// A folder follows the `end` of its records. One that starts in an hour may end in the next, so a
/// folder holds records from [#SLACK] before it, and one that names no time may hold any.
public final class PathHours {
    /// Between the start of a record and its end, and the border of a folder: an interval of
    /// aggregation is 10 minutes at most, and clocks differ by one.
    static final Duration SLACK = Duration.ofHours(1);

    private static final Pattern PLAIN =
            Pattern.compile(
                    "/vpcflowlogs/[^/]+/(\\d{4})/(?:(\\d{2})/(?:(\\d{2})/(?:(\\d{2})/)?)?)?");

    private static final Pattern HIVE =
            Pattern.compile(
                    "/year=(\\d{4})/(?:month=(\\d{2})/(?:day=(\\d{2})/(?:hour=(\\d{2})/)?)?)?");

    private PathHours() {}

    /// Whether `folder`, which may be one of a year, a month, a day or an hour, or within one, can
    /// hold records that start at `from` or later and before `to`; null means no bound.
    public static boolean mayHold(Path folder, @Nullable Instant from, @Nullable Instant to) {
        if (from == null && to == null) {
            return true;
        }
        String path = folder.toAbsolutePath().normalize() + "/";
        for (Pattern pattern : List.of(PLAIN, HIVE)) {
            Matcher time = pattern.matcher(path);
            if (time.find()) {
                return mayHold(time, from, to);
            }
        }
        return true;
    }

    private static boolean mayHold(Matcher folder, @Nullable Instant from, @Nullable Instant to) {
        LocalDateTime begin;
        LocalDateTime end;
        try {
            begin =
                    LocalDateTime.of(
                            number(folder, 1, 0),
                            number(folder, 2, 1),
                            number(folder, 3, 1),
                            number(folder, 4, 0),
                            0);
            end = begin.plus(1, unit(folder));
        } catch (DateTimeException _) {
            return true; // no day of the calendar: somebody else's folder
        }
        boolean isTooEarly =
                from != null && end.plus(SLACK).toInstant(ZoneOffset.UTC).isBefore(from);
        boolean isTooLate =
                to != null && !begin.minus(SLACK).toInstant(ZoneOffset.UTC).isBefore(to);
        return !isTooEarly && !isTooLate;
    }

    /// How long a time the folder is of.
    private static ChronoUnit unit(Matcher folder) {
        if (folder.group(4) != null) {
            return ChronoUnit.HOURS;
        }
        if (folder.group(3) != null) {
            return ChronoUnit.DAYS;
        }
        return folder.group(2) != null ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
    }

    private static int number(Matcher folder, int group, int missing) {
        return folder.group(group) == null ? missing : Integer.parseInt(folder.group(group));
    }
}
