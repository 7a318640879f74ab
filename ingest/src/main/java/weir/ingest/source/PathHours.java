// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which hours the records of a file may be of, told by the folders it lies in: those that AWS
/// delivers to, plain or compatible with Hive, by day or by hour.
///
/// A folder follows the `end` of its records. One that starts in an hour may end in the next, so a
/// folder holds records from [#SLACK] before it, and one that names no time may hold any.
public final class PathHours {
    /// Between the start of a record and its end, and the border of a folder: an interval of
    /// aggregation is 10 minutes at most, and clocks differ by one.
    static final Duration SLACK = Duration.ofHours(1);

    private static final Pattern DAILY =
            Pattern.compile("/vpcflowlogs/[^/]+/(\\d{4})/(\\d{2})/(\\d{2})(?:/(\\d{2}))?/[^/]*$");

    private static final Pattern HIVE =
            Pattern.compile("/year=(\\d{4})/month=(\\d{2})/day=(\\d{2})(?:/hour=(\\d{2}))?/[^/]*$");

    private PathHours() {}

    /// Whether the folders of `file` can hold records that start at `from` or later and before
    /// `to`; null means no bound.
    public static boolean mayHold(InputFile file, @Nullable Instant from, @Nullable Instant to) {
        if (file.path() == null) {
            return true;
        }
        String path = file.path().toAbsolutePath().normalize().toString();
        for (Pattern pattern : List.of(DAILY, HIVE)) {
            Matcher folder = pattern.matcher(path);
            if (folder.find()) {
                return mayHold(folder, from, to);
            }
        }
        return true;
    }

    private static boolean mayHold(Matcher folder, @Nullable Instant from, @Nullable Instant to) {
        Instant begin;
        Duration length;
        try {
            LocalDate day = LocalDate.of(number(folder, 1), number(folder, 2), number(folder, 3));
            boolean isHour = folder.group(4) != null;
            begin = day.atTime(isHour ? number(folder, 4) : 0, 0).toInstant(ZoneOffset.UTC);
            length = isHour ? Duration.ofHours(1) : Duration.ofDays(1);
        } catch (DateTimeException _) {
            return true; // no day of the calendar: somebody else's folder
        }
        boolean isTooEarly = from != null && begin.plus(length).plus(SLACK).isBefore(from);
        boolean isTooLate = to != null && !begin.minus(SLACK).isBefore(to);
        return !isTooEarly && !isTooLate;
    }

    private static int number(Matcher folder, int group) {
        return Integer.parseInt(folder.group(group));
    }
}
