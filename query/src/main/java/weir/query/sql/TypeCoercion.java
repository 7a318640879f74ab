// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.SqlType.Decimal;
import weir.query.type.Timestamps;

/// Which types go together, as in Trino: INTEGER to BIGINT to DECIMAL to DOUBLE, DATE to TIMESTAMP
/// to TIMESTAMP WITH TIME ZONE, a bare NULL to anything, and nothing to or from VARCHAR.
final class TypeCoercion {
    private TypeCoercion() {}

    /// The type that both become without a CAST, or null.
    static @Nullable SqlType common(SqlType a, SqlType b) {
        if (a.equals(b) || b == BasicType.UNKNOWN) {
            return a;
        }
        if (a == BasicType.UNKNOWN) {
            return b;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return commonNumber(a, b);
        }
        return Math.min(timeRank(a), timeRank(b)) < 0 ? null : commonTime(a, b);
    }

    /// Of two zones, UTC: the instants stay what they are.
    private static SqlType commonTime(SqlType a, SqlType b) {
        if (timeRank(a) != timeRank(b) && Math.min(timeRank(a), timeRank(b)) == 0) {
            return timeRank(a) > timeRank(b) ? a : b;
        }
        int precision = Math.max(Timestamps.precision(a), Timestamps.precision(b));
        if (timeRank(a) == 1 && timeRank(b) == 1) {
            return Timestamps.of(precision, null);
        }
        boolean isOneZone =
                timeRank(a) != timeRank(b) || Timestamps.zone(a).equals(Timestamps.zone(b));
        String zone = Timestamps.zone(timeRank(a) == 2 ? a : b);
        return Timestamps.of(precision, isOneZone ? zone : Timestamps.UTC);
    }

    private static SqlType commonNumber(SqlType a, SqlType b) {
        if (a == BasicType.DOUBLE || b == BasicType.DOUBLE) {
            return BasicType.DOUBLE;
        }
        if (a.isInteger() && b.isInteger()) {
            return BasicType.BIGINT;
        }
        Decimal left = decimal(a);
        Decimal right = decimal(b);
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return new Decimal(Math.min(Decimal.PRECISION_MAX, whole + scale), scale);
    }

    /// The decimal that a whole number or a decimal becomes.
    static Decimal decimal(SqlType type) {
        return type instanceof Decimal decimal
                ? decimal
                : new Decimal(type == BasicType.INTEGER ? 10 : 19, 0);
    }

    private static int timeRank(SqlType type) {
        return type == BasicType.DATE
                ? 0
                : Timestamps.isLocal(type) ? 1 : Timestamps.isInstant(type) ? 2 : -1;
    }

    /// The type in which values of `type` are compared: timestamps as what they stand as, so that
    /// neither a zone nor digits that are not there keep a comparison from being a range.
    static SqlType compared(SqlType type) {
        return Timestamps.isInstant(type)
                ? BasicType.TIMESTAMP_TZ
                : Timestamps.isLocal(type) ? BasicType.TIMESTAMP : type;
    }

    /// Whether `from` becomes `to` without a CAST.
    static boolean isCoercible(SqlType from, SqlType to) {
        return to.equals(common(from, to));
    }

    /// `expr` as a value of `type`, which it becomes without a CAST.
    static Expr coerce(Expr expr, SqlType type) {
        return ConstantFolding.cast(expr, type, false);
    }

    /// Whether `CAST(from AS to)` exists.
    static boolean isCastable(SqlType from, SqlType to) {
        if (from == BasicType.VARBINARY || to == BasicType.VARBINARY) {
            return isCoercible(from, to) || isOneOf(from, to, BasicType.IPADDRESS);
        }
        if (isCoercible(from, to) || from == BasicType.VARCHAR || to == BasicType.VARCHAR) {
            return true;
        }
        boolean isFromNumber = from.isNumeric() || from == BasicType.BOOLEAN;
        boolean isToNumber = to.isNumeric() || to == BasicType.BOOLEAN;
        return (isFromNumber && isToNumber) || (timeRank(from) >= 0 && timeRank(to) >= 0);
    }

    private static boolean isOneOf(SqlType from, SqlType to, SqlType type) {
        return from.equals(type) || to.equals(type);
    }
}
