// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import weir.query.expr.Expr;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.TimeText;

/// What to write instead where two types do not go together; empty where nothing is known.
final class MismatchAdvice {
    private MismatchAdvice() {}

    /// For `a` compared with `b`.
    static String ofComparison(Expr a, Expr b) {
        String advice = oneWay(a, b);
        return advice.isEmpty() ? oneWay(b, a) : advice;
    }

    /// Where `text` is the text.
    private static String oneWay(Expr text, Expr other) {
        SqlType type = other.type();
        if (text.type() != BasicType.VARCHAR) {
            return isTime(text.type()) && type.isNumeric()
                    ? "; for epoch seconds use from_unixtime(x) or to_unixtime(x)"
                    : "";
        }
        boolean isLiteral =
                text instanceof Expr.Literal literal && literal.value() instanceof String;
        String value = isLiteral ? "'" + ((Expr.Literal) text).value() + "'" : "";
        if (type.isNumeric()) {
            if (isLiteral) {
                return "; write the number without quotes, or CAST";
            }
            return other instanceof Expr.Literal
                    ? "; the column is a text: quote the number, or CAST one side"
                    : "; CAST one side";
        }
        if (isTime(type) && isLiteral) {
            boolean isDay = TimeText.parseDate(value.replace("'", "")) != null;
            return "; write " + (type == BasicType.DATE || isDay ? "DATE " : "TIMESTAMP ") + value;
        }
        return type == BasicType.IPADDRESS ? "; write CAST(... AS IPADDRESS)" : "";
    }

    /// For `a` plus or minus `b`.
    static String ofArithmetic(Expr a, Expr b) {
        if ((a.type().isNumeric() && b.type().isInterval())
                || (a.type().isInterval() && b.type().isNumeric())) {
            return "; for epoch seconds use from_unixtime(x)";
        }
        if (isTime(a.type()) && b.type().isInteger()) {
            return "; write INTERVAL '1' DAY";
        }
        return a.type() == BasicType.VARCHAR || b.type() == BasicType.VARCHAR
                ? "; CAST the text, or join texts with ||"
                : "";
    }

    /// For `CAST(from AS to)`.
    static String ofCast(SqlType from, SqlType to) {
        if (from.isNumeric() && isTime(to)) {
            return "; use from_unixtime(x)";
        }
        return isTime(from) && to.isNumeric() ? "; use to_unixtime(x)" : "";
    }

    private static boolean isTime(SqlType type) {
        return type == BasicType.DATE || Timestamps.isTimestamp(type);
    }
}
