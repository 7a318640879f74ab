// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.SqlType.Decimal;

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
        int rank = Math.min(timeRank(a), timeRank(b));
        if (rank < 0) {
            return null;
        }
        return timeRank(a) > timeRank(b) ? a : b;
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
                : type == BasicType.TIMESTAMP ? 1 : type == BasicType.TIMESTAMP_TZ ? 2 : -1;
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
