// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.Locale;
import weir.query.expr.LibraryFunction;
import weir.query.expr.RowFunction;
import weir.query.type.SqlType;
import weir.query.value.TimeUnit;
import weir.query.value.Zones;

/// The start of the unit that clocks of a zone show at an instant: `date_trunc` away from UTC.
///
/// @param type of the instant and of the result
public record TruncateInZone(TimeUnit unit, SqlType type) implements LibraryFunction {
    @Override
    public String name() {
        return "date_trunc_" + unit.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean canFail() {
        return false;
    }

    @Override
    public RowFunction start() {
        return a -> {
            long instant = Args.number(a, 0);
            long local = Zones.toLocal(instant, type);
            long start = unit.truncate(local);
            // Within a day the clock goes on as it does at the instant, in an hour that comes
            // twice.
            boolean isWithinDay = unit.compareTo(TimeUnit.DAY) < 0;
            return isWithinDay ? instant - (local - start) : Zones.toInstant(start, type);
        };
    }
}
