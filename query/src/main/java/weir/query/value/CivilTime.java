// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

/// Fields of the calendar, of days and of milliseconds since 1970 on a clock without a zone.
public final class CivilTime {
    /// Milliseconds of a day.
    public static final long DAY_MILLIS = TimeUnit.DAY_MILLIS;

    private CivilTime() {}

    /// The week of the year by ISO 8601, 1 to 53.
    public static long week(long millis) {
        return CivilDate.isoWeek(Math.floorDiv(millis, DAY_MILLIS))[1];
    }

    /// The year that the week by ISO 8601 counts to.
    public static long yearOfWeek(long millis) {
        return CivilDate.isoWeek(Math.floorDiv(millis, DAY_MILLIS))[0];
    }

    /// The last day of the month of a day.
    public static long lastDayOfMonth(long days) {
        long[] civil = CivilDate.of(days);
        return CivilDate.toDays(civil[0], civil[1], CivilDate.monthDays(civil[0], civil[1]));
    }
}
