// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static weir.query.type.BasicType.BIGINT;
import static weir.query.type.BasicType.DATE;
import static weir.query.type.BasicType.TIMESTAMP;
import static weir.query.type.BasicType.TIMESTAMP_TZ;
import static weir.query.type.BasicType.VARCHAR;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;
import weir.query.plan.TimeUnits;
import weir.query.type.SqlType;
import weir.query.value.TimeText;

/// The functions of time that are more than one call of one kernel.
final class TimeFunctions {
    private TimeFunctions() {}

    private static boolean isTime(SqlType type) {
        return type == DATE || type == TIMESTAMP || type == TIMESTAMP_TZ;
    }

    /// Refuses every zone but UTC.
    static void requireUtc(FunctionCallSite site, int index) {
        String zone = site.text(index);
        if (zone == null || !TimeText.isUtc(zone)) {
            throw Problem.unsupported(
                    site.node(),
                    zone == null ? "A computed time zone" : "Time zone '" + zone + "'",
                    "UTC is");
        }
    }

    static @Nullable Expr fromUnixtimeIn(FunctionCallSite site) {
        if (site.count() != 2 || site.type(1) != VARCHAR) {
            return null;
        }
        FunctionCallSite seconds =
                new FunctionCallSite(site.node(), List.of(site.argument(0)), site.nowMillis());
        requireUtc(site, 1);
        for (FunctionRegistry.Scalar scalar : FunctionRegistry.instance().scalar("from_unixtime")) {
            Expr call = scalar.lowering().lower(seconds);
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    static @Nullable Expr atTimezone(FunctionCallSite site) {
        if (!site.fits(List.of(TIMESTAMP_TZ, VARCHAR))) {
            return null;
        }
        requireUtc(site, 1);
        return TypeCoercion.coerce(site.argument(0), TIMESTAMP_TZ);
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
        return FunctionCallSite.of(
                ScalarFunction.DATE_TRUNC, type, unitName(unit(site, type)), site.argument(1));
    }

    static @Nullable Expr difference(FunctionCallSite site) {
        if (site.count() != 3 || site.type(0) != VARCHAR) {
            return null;
        }
        SqlType type = TypeCoercion.common(site.type(1), site.type(2));
        if (type == null || !isTime(type)) {
            return null;
        }
        return FunctionCallSite.of(
                ScalarFunction.DATE_DIFF,
                BIGINT,
                unitName(unit(site, type)),
                TypeCoercion.coerce(site.argument(1), type),
                TypeCoercion.coerce(site.argument(2), type));
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
            return FunctionCallSite.of(
                    ScalarFunction.ADD_MONTHS, type, site.argument(2), times(count, unit.months()));
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
        Expr month = FunctionCallSite.of(ScalarFunction.MONTH, BIGINT, site.argument(0));
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
        return site.fits(List.of(VARCHAR))
                ? TypeCoercion.coerce(
                        TemporalText.isoTimestamp(site.node(), literal(site)), TIMESTAMP_TZ)
                : null;
    }
}
