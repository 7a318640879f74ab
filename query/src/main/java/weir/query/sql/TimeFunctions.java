// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.DATE;
import static weir.query.type.BasicType.TIMESTAMP;
import static weir.query.type.BasicType.TIMESTAMP_TZ;
import static weir.query.type.BasicType.VARCHAR;

import io.trino.sql.tree.Node;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.LibraryFunction;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.function.LocalToInstant;
import weir.query.function.TruncateInZone;
import weir.query.plan.ConstantFolding;
import weir.query.plan.TimeUnits;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.TimeUnit;

/// The functions of time that are more than one call of one kernel.
final class TimeFunctions {
    private TimeFunctions() {}

    private static boolean isTime(SqlType type) {
        return type == DATE || Timestamps.isTimestamp(type);
    }

    /// The argument of `function` for a parameter of a fixed type. The fields of a time in another
    /// zone are those that its clocks show; only its epoch seconds and its text are the instant's.
    static Expr argument(ScalarFunction function, Expr argument, SqlType parameter) {
        SqlType type = argument.type();
        if (function == ScalarFunction.TO_ISO8601 && Timestamps.isTimestamp(type)) {
            return argument;
        }
        boolean isOfClock =
                parameter == TIMESTAMP_TZ
                        && Timestamps.isElsewhere(type)
                        && function != ScalarFunction.TO_UNIXTIME;
        return TypeCoercion.coerce(argument, isOfClock ? TIMESTAMP : parameter);
    }

    /// What `change` makes of a time on the clocks of its zone.
    static Expr inZone(Expr time, UnaryOperator<Expr> change) {
        SqlType type = time.type();
        if (!Timestamps.isElsewhere(type)) {
            return change.apply(time);
        }
        return apply(new LocalToInstant(type), change.apply(TypeCoercion.coerce(time, TIMESTAMP)));
    }

    private static Expr apply(LibraryFunction function, Expr argument) {
        return ConstantFolding.fold(new Expr.Apply(function, List.of(argument)));
    }

    /// Refuses values of two zones in one column, whose type holds only one.
    static void requireOneZone(Node node, SqlType a, SqlType b) {
        if (Timestamps.isInstant(a)
                && Timestamps.isInstant(b)
                && !Timestamps.zone(a).equals(Timestamps.zone(b))) {
            throw Problem.unsupported(
                    node, "A value of one of several time zones", "AT TIME ZONE makes them one");
        }
    }

    /// The zone that argument `index` names, which must be a literal.
    private static String zone(FunctionCallSite site, int index) {
        String zone = site.text(index);
        if (zone == null) {
            throw Problem.unsupported(site.node(), "A computed time zone", "a literal is");
        }
        return TemporalText.zone(site.node(), zone);
    }

    private static Expr at(Expr time, String zone) {
        return TypeCoercion.coerce(time, Timestamps.of(Timestamps.precision(time.type()), zone));
    }

    static @Nullable Expr fromUnixtimeIn(FunctionCallSite site) {
        if (site.count() != 2 || site.type(1) != VARCHAR) {
            return null;
        }
        FunctionCallSite seconds =
                new FunctionCallSite(site.node(), List.of(site.argument(0)), site.nowMillis());
        for (FunctionRegistry.Scalar scalar : FunctionRegistry.instance().scalar("from_unixtime")) {
            Expr call = scalar.lowering().lower(seconds);
            if (call != null) {
                return at(call, zone(site, 1));
            }
        }
        return null;
    }

    static @Nullable Expr atTimezone(FunctionCallSite site) {
        if (!site.fits(List.of(TIMESTAMP_TZ, VARCHAR))) {
            return null;
        }
        Expr time = site.argument(0);
        Expr instant =
                Timestamps.isInstant(time.type())
                        ? time
                        : TypeCoercion.coerce(
                                time, Timestamps.of(Timestamps.precision(time.type()), "UTC"));
        return at(instant, zone(site, 1));
    }

    static @Nullable Expr withTimezone(FunctionCallSite site) {
        if (!site.fits(List.of(TIMESTAMP, VARCHAR))) {
            return null;
        }
        int precision = Timestamps.precision(site.type(0));
        SqlType local = Timestamps.of(precision, null);
        return apply(
                new LocalToInstant(Timestamps.of(precision, zone(site, 1))),
                TypeCoercion.coerce(site.argument(0), local));
    }

    /// The unit that a call names, which must be a literal.
    private static TimeUnits unit(FunctionCallSite site, SqlType type) {
        String name = site.text(0);
        if (name == null) {
            throw Problem.unsupported(site.node(), "A computed unit");
        }
        TimeUnits unit = TimeUnits.named(name);
        if (unit == null) {
            throw failure(
                    site,
                    "'"
                            + name
                            + "' is not a unit; units are millisecond, second,"
                            + " minute, hour, day, week, month, quarter and year");
        }
        if (type == DATE && !unit.isOfDates()) {
            throw failure(site, "'" + name + "' is not a unit of a DATE");
        }
        return unit;
    }

    private static QueryException failure(FunctionCallSite site, String message) {
        return Problem.at(site.node(), Code.INVALID_VALUE, message);
    }

    private static Expr unitName(TimeUnits unit) {
        return new Expr.Literal(VARCHAR, unit.name().toLowerCase(Locale.ROOT));
    }

    static @Nullable Expr truncate(FunctionCallSite site) {
        if (site.count() != 2 || site.type(0) != VARCHAR || !isTime(site.type(1))) {
            return null;
        }
        SqlType type = site.type(1);
        TimeUnits unit = unit(site, type);
        if (Timestamps.isElsewhere(type)) {
            return apply(
                    new TruncateInZone(TimeUnit.of(unit.name(), false), type), site.argument(1));
        }
        return FunctionCallSite.of(
                ScalarFunction.DATE_TRUNC, type, unitName(unit), site.argument(1));
    }

    static @Nullable Expr difference(FunctionCallSite site) {
        if (site.count() != 3 || site.type(0) != VARCHAR) {
            return null;
        }
        SqlType type = TypeCoercion.common(site.type(1), site.type(2));
        if (type == null || !isTime(type)) {
            return null;
        }
        TimeUnits unit = unit(site, type);
        Expr from = TypeCoercion.coerce(site.argument(1), type);
        Expr to = TypeCoercion.coerce(site.argument(2), type);
        boolean isOfClock = unit.months() > 0 || unit.millis() >= TimeUnits.MILLIS_A_DAY;
        if (Timestamps.isElsewhere(site.type(1)) && isOfClock) {
            // Both on the clocks of the first.
            from = TypeCoercion.coerce(site.argument(1), TIMESTAMP);
            to = TypeCoercion.coerce(at(to, Timestamps.zone(site.type(1))), TIMESTAMP);
        }
        return FunctionCallSite.of(ScalarFunction.DATE_DIFF, BIGINT, unitName(unit), from, to);
    }

    static @Nullable Expr add(FunctionCallSite site) {
        if (site.count() != 3
                || site.type(0) != VARCHAR
                || !TypeCoercion.isCoercible(site.type(1), BIGINT)
                || !isTime(site.type(2))) {
            return null;
        }
        SqlType type = site.type(2);
        TimeUnits unit = unit(site, type);
        Expr count = TypeCoercion.coerce(site.argument(1), BIGINT);
        if (unit.months() > 0) {
            return inZone(
                    site.argument(2),
                    time ->
                            FunctionCallSite.of(
                                    ScalarFunction.ADD_MONTHS,
                                    time.type(),
                                    time,
                                    times(count, unit.months())));
        }
        if (Timestamps.isElsewhere(type) && unit.millis() >= TimeUnits.MILLIS_A_DAY) {
            return inZone(
                    site.argument(2),
                    time ->
                            FunctionCallSite.of(
                                    ScalarFunction.ADD_MILLIS,
                                    time.type(),
                                    time,
                                    times(count, unit.millis())));
        }
        if (type == DATE) {
            return FunctionCallSite.of(
                    ScalarFunction.ADD_DAYS,
                    type,
                    site.argument(2),
                    times(count, unit.millis() / TimeUnits.MILLIS_A_DAY));
        }
        return FunctionCallSite.of(
                ScalarFunction.ADD_MILLIS, type, site.argument(2), times(count, unit.millis()));
    }

    private static Expr times(Expr count, long factor) {
        return factor == 1
                ? count
                : FunctionCallSite.of(
                        ScalarFunction.MULTIPLY, BIGINT, count, new Expr.Literal(BIGINT, factor));
    }

    static @Nullable Expr quarter(FunctionCallSite site) {
        if (site.count() != 1 || !isTime(site.type(0))) {
            return null;
        }
        Expr time =
                Timestamps.isElsewhere(site.type(0))
                        ? TypeCoercion.coerce(site.argument(0), TIMESTAMP)
                        : site.argument(0);
        Expr month = FunctionCallSite.of(ScalarFunction.MONTH, BIGINT, time);
        Expr last =
                FunctionCallSite.of(
                        ScalarFunction.ADD, BIGINT, month, new Expr.Literal(BIGINT, 2L));
        return FunctionCallSite.of(
                ScalarFunction.DIVIDE, BIGINT, last, new Expr.Literal(BIGINT, 3L));
    }

    static @Nullable Expr date(FunctionCallSite site) {
        return site.count() == 1 && (isTime(site.type(0)) || site.type(0) == VARCHAR)
                ? TypeCoercion.coerce(site.argument(0), DATE)
                : null;
    }

    private static String literal(FunctionCallSite site) {
        String text = site.text(0);
        if (text == null) {
            throw Problem.unsupported(
                    site.node(), "This function of anything but a literal", "CAST is");
        }
        return text;
    }

    static @Nullable Expr fromIsoDate(FunctionCallSite site) {
        return site.fits(List.of(VARCHAR)) ? TemporalText.date(site.node(), literal(site)) : null;
    }

    static @Nullable Expr fromIsoTimestamp(FunctionCallSite site) {
        if (!site.fits(List.of(VARCHAR))) {
            return null;
        }
        Expr time = TemporalText.isoTimestamp(site.node(), literal(site));
        return Timestamps.isInstant(time.type()) ? time : TypeCoercion.coerce(time, TIMESTAMP_TZ);
    }
}
