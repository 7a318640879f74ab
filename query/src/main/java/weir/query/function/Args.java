// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;
import weir.query.type.Binary;
import weir.query.value.LambdaValue;
import weir.query.value.Values;

/// Arguments that are not NULL, by what they are; results and failures.
final class Args {
    private Args() {}

    /// The argument, which the binder has seen to be there and which is not NULL.
    static Object value(@Nullable Object[] arguments, int index) {
        Object value = arguments[index];
        if (value == null) {
            throw new IllegalArgumentException("argument " + index + " is NULL");
        }
        return value;
    }

    static String text(@Nullable Object[] arguments, int index) {
        return (String) value(arguments, index);
    }

    static long number(@Nullable Object[] arguments, int index) {
        return (Long) value(arguments, index);
    }

    static double real(@Nullable Object[] arguments, int index) {
        return (Double) value(arguments, index);
    }

    static BigDecimal decimal(@Nullable Object[] arguments, int index) {
        return (BigDecimal) value(arguments, index);
    }

    static IpAddress address(@Nullable Object[] arguments, int index) {
        return (IpAddress) value(arguments, index);
    }

    static byte[] bytes(@Nullable Object[] arguments, int index) {
        return ((Binary) value(arguments, index)).bytes();
    }

    static LambdaValue lambda(@Nullable Object[] arguments, int index) {
        return (LambdaValue) value(arguments, index);
    }

    static List<@Nullable Object> list(@Nullable Object[] arguments, int index) {
        return Values.asList(value(arguments, index));
    }

    static Map<Object, @Nullable Object> map(@Nullable Object[] arguments, int index) {
        return Values.asMap(value(arguments, index));
    }

    /// BOOLEAN as it stands in values.
    static Long bool(boolean value) {
        return value ? 1L : 0L;
    }

    /// A failure that values cause.
    static QueryException invalid(String message) {
        return new QueryException(QueryException.Code.INVALID_VALUE, message);
    }

    static QueryException invalid(String message, Throwable cause) {
        QueryException failure = invalid(message);
        failure.initCause(cause);
        return failure;
    }
}
