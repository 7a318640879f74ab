// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The units of `date_trunc`, `date_add` and `date_diff`, and arithmetic on points in time as
/// literals hold them: days for DATE, milliseconds for the timestamps, always in UTC.
public enum TimeUnits {
    MILLISECOND(1, 0),
    SECOND(1_000, 0),
    MINUTE(60_000, 0),
    HOUR(3_600_000, 0),
    DAY(86_400_000, 0),
    WEEK(604_800_000, 0),
    MONTH(0, 1),
    QUARTER(0, 3),
    YEAR(0, 12);

    /// Seconds of a day.
    public static final long SECONDS_A_DAY = 86_400;

    /// Milliseconds of a day.
    public static final long MILLIS_A_DAY = 86_400_000;

    private final long millis;
    private final int months;

    TimeUnits(long millis, int months) {
        this.millis = millis;
        this.months = months;
    }

    /// The unit that SQL calls `name`, in any case, or null.
    public static @Nullable TimeUnits named(String name) {
        for (TimeUnits unit : values()) {
            if (unit.name().equals(name.toUpperCase(Locale.ROOT))) {
                return unit;
            }
        }
        return null;
    }

    /// Milliseconds of the unit; 0 when it has no fixed length.
    public long millis() {
        return millis;
    }

    /// Months of the unit; 0 when it is no number of months.
    public int months() {
        return months;
    }

    /// Whether a DATE can be counted in this unit.
    public boolean isOfDates() {
        return months > 0 || millis >= MILLIS_A_DAY;
    }

    /// The start of the unit that holds `at`, a value of `type`.
    public long floor(long at, SqlType type) {
        if (type == BasicType.DATE) {
            return floorDay(LocalDate.ofEpochDay(at)).toEpochDay();
        }
        if (millis > 0 && this != WEEK) {
            return at - Math.floorMod(at, millis);
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(at, MILLIS_A_DAY));
        return floorDay(day).toEpochDay() * MILLIS_A_DAY;
    }

    /// The start of the unit after the one that holds `at`.
    public long ceilingAfter(long at, SqlType type) {
        long start = floor(at, type);
        if (months > 0) {
            return plusMonths(start, months, type);
        }
        return Math.addExact(start, type == BasicType.DATE ? millis / MILLIS_A_DAY : millis);
    }

    private LocalDate floorDay(LocalDate day) {
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> day.withDayOfYear(1);
            default -> day;
        };
    }

    /// `at` of type `type` and `more` months: the last day of the month where the day is not there.
    ///
    /// @throws ArithmeticException when the result is out of range
    public static long plusMonths(long at, long more, SqlType type) {
        try {
            if (type == BasicType.DATE) {
                return LocalDate.ofEpochDay(at).plusMonths(more).toEpochDay();
            }
            LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC);
            return time.plusMonths(more).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            ArithmeticException overflow = new ArithmeticException("date out of range");
            overflow.initCause(e);
            throw overflow;
        }
    }

    /// `day`, days since 1970-01-01, which a calendar must know.
    ///
    /// @throws ArithmeticException when it is out of range
    static long checkedDay(long day) {
        if (!ChronoField.EPOCH_DAY.range().isValidValue(day)) {
            throw new ArithmeticException("date out of range");
        }
        return day;
    }
}
