// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.type.Binary;

/// Equality and order of values of one type. There are three kinds, which differ where NULL and NaN
/// stand inside of arrays, rows and maps: SQL's `=` and `<` ([#equal], [#isLess]), the order of
/// ORDER BY ([#compare]), and what DISTINCT and GROUP BY tell apart ([#isDistinct]).
public final class ValueOrder {
    private ValueOrder() {}

    /// Negative, zero or positive as `left` sorts before, with or behind `right`; neither is null.
    /// Text goes by code points, which is the order of its UTF-8 bytes; NaN is the greatest number
    /// and the two zeros are one. Arrays and rows go by their first values that differ, NULL behind
    /// every other, and a shorter array before a longer one that begins as it does.
    public static int compare(Object left, Object right) {
        return switch (left) {
            case Long number -> number.compareTo((Long) right);
            case Double number -> compareDoubles(number, (Double) right);
            case String text -> compareText(text, (String) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case IpAddress address -> address.compareTo((IpAddress) right);
            case IpPrefix prefix -> prefix.compareTo((IpPrefix) right);
            case Binary bytes -> bytes.compareTo((Binary) right);
            case List<?> list -> compareLists(list, (List<?>) right, false);
            default -> throw new IllegalArgumentException("no order of " + left.getClass());
        };
    }

    /// The same where NULL inside of arrays and rows, and NaN there, come before every other: so
    /// ORDER BY compares under NULLS FIRST.
    public static int compareNullsFirst(Object left, Object right) {
        if (left instanceof List<?> list) {
            return compareLists(list, (List<?>) right, true);
        }
        boolean isNan = left instanceof Double number && number.isNaN();
        return isNan || (right instanceof Double number && number.isNaN())
                ? -compare(left, right)
                : compare(left, right);
    }

    /// Whether `value` is less than `best`, or greater where `isGreatest`: what min, max and their
    /// kind go by, for which NaN, and arrays and rows that hold it or NULL, are the last to win.
    public static boolean isBetter(Object value, Object best, boolean isGreatest) {
        return compareBest(value, best, isGreatest) < 0;
    }

    /// Negative, zero or positive as `left` wins before, with or behind `right`.
    public static int compareBest(Object left, Object right, boolean isGreatest) {
        return isGreatest ? -compareNullsFirst(left, right) : compare(left, right);
    }

    private static int compareLists(List<?> left, List<?> right, boolean isNullLeast) {
        Iterator<?> others = right.iterator();
        for (Object mine : left) {
            if (!others.hasNext()) {
                return 1;
            }
            Object other = others.next();
            int order =
                    mine == null || other == null
                            ? Boolean.compare(
                                    (mine == null) != isNullLeast, (other == null) != isNullLeast)
                            : isNullLeast ? compareNullsFirst(mine, other) : compare(mine, other);
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /// Whether SQL's `=` holds between two values of one type: NaN equals nothing, and a NULL
    /// inside of an array, a row or a map equals nothing either.
    public static boolean isEqual(Object left, Object right) {
        return Boolean.TRUE.equals(equal(left, right));
    }

    /// SQL's `=`; null where it is NULL: where no difference is found but NULL stands in the way.
    public static @Nullable Boolean equal(Object left, Object right) {
        return switch (left) {
            case Double number -> number.doubleValue() == ((Double) right).doubleValue();
            case BigDecimal number -> number.compareTo((BigDecimal) right) == 0;
            case List<?> list -> equalLists(list, (List<?>) right);
            case Map<?, ?> map -> equalMaps(map, (Map<?, ?>) right);
            default -> left.equals(right);
        };
    }

    private static @Nullable Boolean equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        boolean hasNull = false;
        Iterator<?> others = right.iterator();
        for (Object mine : left) {
            Boolean isSame = equalOrNull(mine, others.next());
            if (isSame == null) {
                hasNull = true;
            } else if (!isSame) {
                return false;
            }
        }
        return hasNull ? null : (Boolean) true;
    }

    private static @Nullable Boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        boolean hasNull = false;
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey())) {
                return false;
            }
            Boolean isSame = equalOrNull(entry.getValue(), right.get(entry.getKey()));
            if (isSame == null) {
                hasNull = true;
            } else if (!isSame) {
                return false;
            }
        }
        return hasNull ? null : (Boolean) true;
    }

    private static @Nullable Boolean equalOrNull(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? null : equal(left, right);
    }

    /// SQL's `<`, or `<=` where `orEqual`; null where it is NULL. NaN is neither less nor greater.
    public static @Nullable Boolean isLess(Object left, Object right, boolean orEqual) {
        if (left instanceof List<?> list) {
            return isLessList(list, (List<?>) right, orEqual);
        }
        if (left instanceof Double a && (a.isNaN() || ((Double) right).isNaN())) {
            return false;
        }
        int order = compare(left, right);
        return orEqual ? order <= 0 : order < 0;
    }

    private static @Nullable Boolean isLessList(List<?> left, List<?> right, boolean orEqual) {
        Iterator<?> others = right.iterator();
        for (Object mine : left) {
            if (!others.hasNext()) {
                return false;
            }
            Object other = others.next();
            Boolean isSame = equalOrNull(mine, other);
            if (mine == null || other == null || isSame == null) {
                return null;
            }
            if (!isSame) {
                return isLess(mine, other, false);
            }
        }
        return others.hasNext() || orEqual;
    }

    /// SQL's IS DISTINCT FROM: NULL and NaN are values like others, wherever they stand.
    public static boolean isDistinct(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left != null || right != null;
        }
        return !GroupKey.of(left).equals(GroupKey.of(right));
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
