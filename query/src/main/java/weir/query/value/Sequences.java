// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// `sequence(start, stop, step)` of numbers, dates and times.
final class Sequences {
    /// Most elements.
    private static final int LENGTH_MAX = 10_000;

    private Sequences() {}

    /// @param arguments start, stop and step; for DATE and TIMESTAMP also whether the step is in
    ///   months (1) or in milliseconds (0)
    /// @param type of start and stop
    static List<@Nullable Object> of(@Nullable Object[] arguments, SqlType type) {
        long start = number(arguments, 0);
        long stop = number(arguments, 1);
        long step = number(arguments, 2);
        if (arguments.length > 3 && number(arguments, 3) != 0) {
            return ofMonths(start, stop, step, type);
        }
        if (type == BasicType.DATE) {
            if (step % TimeUnit.DAY_MILLIS != 0) {
                throw InvalidValue.of(
                        "sequence step must be a day interval if start and end values are dates");
            }
            step /= TimeUnit.DAY_MILLIS;
        }
        check(start, stop, step);
        // The distance may be beyond the greatest number, but is a number without sign.
        long distance = step > 0 ? stop - start : start - stop;
        long steps = Long.divideUnsigned(distance, Math.abs(step));
        if (Long.compareUnsigned(steps, LENGTH_MAX) >= 0) {
            throw tooLong();
        }
        @Nullable Object[] elements = new @Nullable Object[(int) steps + 1];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = start + i * step;
        }
        return Values.list(elements);
    }

    private static long number(@Nullable Object[] arguments, int index) {
        return (Long) Objects.requireNonNull(arguments[index]);
    }

    private static void check(long start, long stop, long step) {
        if (step == 0) {
            throw InvalidValue.of("step must not be zero");
        }
        if (step > 0 ? stop < start : stop > start) {
            throw InvalidValue.of(
                    "sequence stop value should be greater than or equal to start value if step is"
                            + " greater than zero otherwise stop should be less than or equal to"
                            + " start");
        }
    }

    private static RuntimeException tooLong() {
        return InvalidValue.of(
                "result of sequence function must not have more than " + LENGTH_MAX + " entries");
    }

    private static List<@Nullable Object> ofMonths(long start, long stop, long step, SqlType type) {
        check(start, stop, step);
        @Nullable Object[] elements = new @Nullable Object[LENGTH_MAX];
        int count = 0;
        for (long at = start;
                step > 0 ? at <= stop : at >= stop;
                at = plusMonths(start, count * step, type)) {
            if (count == LENGTH_MAX) {
                throw tooLong();
            }
            elements[count++] = at;
        }
        return Values.list(java.util.Arrays.copyOf(elements, count));
    }

    private static long plusMonths(long start, long months, SqlType type) {
        return type == BasicType.DATE
                ? TimeFunctions.addMonthsToDays(start, months)
                : TimeFunctions.addMonths(start, months);
    }
}
