// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.plan.ConstantFolding;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.SqlType.Decimal;
import weir.query.type.Timestamps;

/// Which types go together, as in Trino: TINYINT to SMALLINT to INTEGER to BIGINT to DECIMAL to
/// REAL to DOUBLE, DATE to TIMESTAMP to TIMESTAMP WITH TIME ZONE, CHAR to VARCHAR, a bare NULL to
/// anything, and nothing else to or from VARCHAR. Arrays, maps and rows go together where what they
/// hold does.
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
        if (a.isNested() || b.isNested()) {
            return commonNested(a, b);
        }
        if (isText(a) && isText(b)) {
            return commonText(a, b);
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
        if (a == BasicType.REAL || b == BasicType.REAL) {
            return BasicType.REAL;
        }
        if (a instanceof BasicType left && b instanceof BasicType right) {
            return left.bits() > right.bits() ? left : right;
        }
        Decimal left = decimal(a);
        Decimal right = decimal(b);
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return new Decimal(Math.min(Decimal.PRECISION_MAX, whole + scale), scale);
    }

    /// The decimal that a whole number or a decimal becomes.
    static Decimal decimal(SqlType type) {
        return switch (type) {
            case Decimal decimal -> decimal;
            case BasicType.TINYINT -> new Decimal(3, 0);
            case BasicType.SMALLINT -> new Decimal(5, 0);
            case BasicType.INTEGER -> new Decimal(10, 0);
            default -> new Decimal(19, 0);
        };
    }

    private static boolean isText(SqlType type) {
        return type == BasicType.VARCHAR || type instanceof SqlType.Char;
    }

    private static SqlType commonText(SqlType a, SqlType b) {
        return a instanceof SqlType.Char left && b instanceof SqlType.Char right
                ? left.length() > right.length() ? left : right
                : BasicType.VARCHAR;
    }

    private static @Nullable SqlType commonNested(SqlType a, SqlType b) {
        if (a instanceof SqlType.Array left && b instanceof SqlType.Array right) {
            SqlType element = common(left.element(), right.element());
            return element == null ? null : new SqlType.Array(element);
        }
        if (a instanceof SqlType.MapOf left && b instanceof SqlType.MapOf right) {
            SqlType key = common(left.key(), right.key());
            SqlType value = common(left.value(), right.value());
            return key == null || value == null ? null : new SqlType.MapOf(key, value);
        }
        return a instanceof SqlType.Row left && b instanceof SqlType.Row right
                ? commonRow(left, right)
                : null;
    }

    /// A field keeps its name where both agree on it.
    private static SqlType.@Nullable Row commonRow(SqlType.Row a, SqlType.Row b) {
        if (a.fields().size() != b.fields().size()) {
            return null;
        }
        List<SqlType.Row.Field> fields = new ArrayList<>();
        for (int i = 0; i < a.fields().size(); i++) {
            SqlType.Row.Field left = a.fields().get(i);
            SqlType.Row.Field right = b.fields().get(i);
            SqlType type = common(left.type(), right.type());
            if (type == null) {
                return null;
            }
            boolean isSame = left.name() != null && left.name().equals(right.name());
            fields.add(new SqlType.Row.Field(isSame ? left.name() : null, type));
        }
        return new SqlType.Row(fields);
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
        return to.equals(common(from, to)) || isCoercibleNested(from, to);
    }

    /// Rows become rows with other names.
    private static boolean isCoercibleNested(SqlType from, SqlType to) {
        if (from instanceof SqlType.Array a && to instanceof SqlType.Array b) {
            return isCoercible(a.element(), b.element());
        }
        if (from instanceof SqlType.MapOf a && to instanceof SqlType.MapOf b) {
            return isCoercible(a.key(), b.key()) && isCoercible(a.value(), b.value());
        }
        return from instanceof SqlType.Row a
                && to instanceof SqlType.Row b
                && areAll(a, b, TypeCoercion::isCoercible);
    }

    /// `expr` as a value of `type`, which it becomes without a CAST.
    static Expr coerce(Expr expr, SqlType type) {
        return ConstantFolding.cast(expr, type, false);
    }

    /// Whether `CAST(from AS to)` exists.
    static boolean isCastable(SqlType from, SqlType to) {
        if (from == BasicType.UNKNOWN || from.equals(to)) {
            return true;
        }
        if (from instanceof SqlType.Array a && to instanceof SqlType.Array b) {
            return isCastable(a.element(), b.element());
        }
        if (from instanceof SqlType.MapOf a && to instanceof SqlType.MapOf b) {
            return isCastable(a.key(), b.key()) && isCastable(a.value(), b.value());
        }
        if (from instanceof SqlType.Row a && to instanceof SqlType.Row b) {
            return areAll(a, b, TypeCoercion::isCastable);
        }
        if (from == BasicType.VARBINARY || to == BasicType.VARBINARY) {
            return from == BasicType.IPADDRESS || to == BasicType.IPADDRESS;
        }
        return !from.isNested()
                && !to.isNested()
                && (isText(from) ? isOfText(to) : isText(to) || isCastablePlain(from, to))
                && (!(to instanceof SqlType.Char) || isText(from));
    }

    private static boolean isOfText(SqlType to) {
        return !to.isInterval() && to != BasicType.UNKNOWN;
    }

    private static boolean isCastablePlain(SqlType from, SqlType to) {
        boolean isFromNumber = from.isNumeric() || from == BasicType.BOOLEAN;
        boolean isToNumber = to.isNumeric() || to == BasicType.BOOLEAN;
        return (isFromNumber && isToNumber)
                || (timeRank(from) >= 0 && timeRank(to) >= 0)
                || (from == BasicType.IPADDRESS && to == BasicType.IPPREFIX)
                || (from == BasicType.IPPREFIX && to == BasicType.IPADDRESS);
    }

    /// What is asked of two types.
    private interface Relation {
        boolean holds(SqlType from, SqlType to);
    }

    private static boolean areAll(SqlType.Row from, SqlType.Row to, Relation relation) {
        if (from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < from.fields().size(); i++) {
            if (!relation.holds(from.fields().get(i).type(), to.fields().get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
