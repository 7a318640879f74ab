// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

/// Days since 1970-01-01 to year, month and day of the proleptic Gregorian calendar and back.
///
/// The algorithms are Howard Hinnant's ("chrono-Compatible Low-Level Date Algorithms"): years start
/// in March, so that a leap day is the last of its year, and eras are 400 years.
final class CivilDate {
    private static final long ERA_DAYS = 146_097;

    /// From 0000-03-01 to 1970-01-01.
    private static final long EPOCH_SHIFT = 719_468;

    private CivilDate() {}

    /// Year, month (1 to 12) and day of month (1 to 31).
    static long[] of(long days) {
        long shifted = days + EPOCH_SHIFT;
        long era = Math.floorDiv(shifted, ERA_DAYS);
        long dayOfEra = shifted - era * ERA_DAYS;
        long yearOfEra =
                (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return new long[] {year, month, day};
    }

    /// The days of a date whose parts are in range.
    static long toDays(long year, long month, long day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * ERA_DAYS + dayOfEra - EPOCH_SHIFT;
    }

    /// Days of a month, 28 to 31.
    static int monthDays(long year, long month) {
        if (month == 2) {
            return isLeap(year) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    static boolean isLeap(long year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /// Monday is 1, Sunday 7; 1970-01-01 was a Thursday.
    static int dayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    static int dayOfYear(long days) {
        return (int) (days - toDays(of(days)[0], 1, 1)) + 1;
    }

    /// The ISO week-based year and week of a day.
    static long[] isoWeek(long days) {
        long thursday = days - (dayOfWeek(days) - 1) + 3;
        long year = of(thursday)[0];
        return new long[] {year, (thursday - toDays(year, 1, 1)) / 7 + 1};
    }
}
