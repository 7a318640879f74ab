// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import weir.engine.schema.IpAddress;
import weir.query.type.Binary;

/// Equality and order of values of one type.
public final class ValueOrder {
    private ValueOrder() {}

    /// Negative, zero or positive as `left` sorts before, with or behind `right`; neither is null.
    /// Text goes by code points, which is the order of its UTF-8 bytes; NaN is the greatest DOUBLE
    /// and the two zeros are one.
    public static int compare(Object left, Object right) {
        return switch (left) {
            case Long number -> number.compareTo((Long) right);
            case Double number -> compareDoubles(number, (Double) right);
            case String text -> compareText(text, (String) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case IpAddress address -> address.compareTo((IpAddress) right);
            case Binary bytes -> bytes.compareTo((Binary) right);
            default -> throw new IllegalArgumentException("no order of " + left.getClass());
        };
    }

    /// Whether SQL's `=` holds between two values of one type: NaN equals nothing.
    public static boolean isEqual(Object left, Object right) {
        return switch (left) {
            case Double number -> number.doubleValue() == ((Double) right).doubleValue();
            case BigDecimal number -> number.compareTo((BigDecimal) right) == 0;
            default -> left.equals(right);
        };
    }

    /// NaN behind everything, -0.0 with 0.0.
    public static int compareDoubles(double left, double right) {
        return left < right ? -1 : left > right ? 1 : left == right ? 0 : nanOrder(left, right);
    }

    private static int nanOrder(double left, double right) {
        return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    /// Code point order. Java's own order of strings differs where surrogates meet U+E000 and up.
    public static int compareText(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // A surrogate is half of a character behind the whole basic plane.
                int plane = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
                return plane != 0 ? plane : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
