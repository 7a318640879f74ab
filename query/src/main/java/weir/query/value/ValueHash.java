// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;

/// The hash of a value, by its type: XXH64 of the bytes that stand for it in Trino, whose checksums
/// are made of it. Numbers inside of rows have only one round of it there.
public final class ValueHash {
    /// Digits of a decimal whose digits are one 64-bit number.
    private static final int SHORT_DIGITS = 18;

    private static final ValueHash WHOLE = new ValueHash(XxHash64::of);
    private static final ValueHash IN_ROW = new ValueHash(XxHash64::round);

    private final LongUnaryOperator ofNumber;

    /// @param ofNumber the hash of a number
    private ValueHash(LongUnaryOperator ofNumber) {
        this.ofNumber = ofNumber;
    }

    /// The hash of `value`, which is not null.
    public static long of(Object value, SqlType type) {
        return WHOLE.hash(value, type);
    }

    private long hash(Object value, SqlType type) {
        return switch (value) {
            case Long flag when type == BasicType.BOOLEAN -> XxHash64.of(flag);
            case Long number -> ofNumber.applyAsLong(whole(number, type));
            case Double number -> ofNumber.applyAsLong(bits(number, type));
            case String text -> ofText(text, type);
            case Binary binary -> XxHash64.of(binary.bytes());
            case BigDecimal number -> ofDecimal(number.unscaledValue(), type);
            case IpAddress address -> ofAddress(address);
            case IpPrefix prefix -> 31 * ofAddress(prefix.address()) + prefix.length();
            case List<?> list when type instanceof SqlType.Row row -> ofRow(list, row);
            case List<?> list -> ofArray(list, ((SqlType.Array) type).element());
            case Map<?, ?> map -> ofMap(map, (SqlType.MapOf) type);
            default -> throw new IllegalArgumentException("no hash of " + value.getClass());
        };
    }

    private long ofNullable(@Nullable Object value, SqlType type) {
        return value == null ? 0 : hash(value, type);
    }

    /// Timestamps without a zone count microseconds.
    private static long whole(long number, SqlType type) {
        return Timestamps.isLocal(type) ? 1000 * number : number;
    }

    private static long bits(double number, SqlType type) {
        double canonical = number == 0 ? 0.0 : number;
        return type == BasicType.REAL
                ? Float.floatToIntBits((float) canonical)
                : Double.doubleToLongBits(canonical);
    }

    private static long ofText(String text, SqlType type) {
        String kept = type instanceof SqlType.Char ? withoutBlanks(text) : text;
        return XxHash64.of(kept.getBytes(StandardCharsets.UTF_8));
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private long ofDecimal(BigInteger digits, SqlType type) {
        return ((SqlType.Decimal) type).precision() <= SHORT_DIGITS
                ? ofNumber.applyAsLong(digits.longValue())
                : XxHash64.of(digits.shiftRight(Long.SIZE).longValue())
                        ^ XxHash64.of(digits.longValue());
    }

    /// Of its two halves, each of which begins with its highest byte.
    private static long ofAddress(IpAddress address) {
        return XxHash64.of(Long.reverseBytes(address.high()))
                ^ XxHash64.of(Long.reverseBytes(address.low()));
    }

    private static long ofRow(List<?> row, SqlType.Row type) {
        long hash = 1;
        for (int i = 0; i < row.size(); i++) {
            hash = 31 * hash + IN_ROW.ofNullable(row.get(i), type.fields().get(i).type());
        }
        return hash;
    }

    private long ofArray(List<?> array, SqlType element) {
        long hash = 0;
        for (Object value : array) {
            hash = 31 * hash + ofNullable(value, element);
        }
        return hash;
    }

    private long ofMap(Map<?, ?> map, SqlType.MapOf type) {
        long hash = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            hash +=
                    ofNullable(entry.getKey(), type.key())
                            ^ ofNullable(entry.getValue(), type.value());
        }
        return hash;
    }
}
