// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A SQL type: Trino's.
///
/// How values stand in vectors ([weir.engine.vector.Vector]):
///
/// | type | vector |
/// |---|---|
/// | BOOLEAN | `Longs`, 0 and 1 |
/// | TINYINT, SMALLINT, INTEGER, BIGINT | `Longs` |
/// | DATE | `Longs`, days since 1970-01-01 |
/// | timestamps ([Timestamps]) | `Longs`, milliseconds since 1970-01-01 00:00 (UTC) |
/// | INTERVAL_DAY_SECOND | `Longs`, milliseconds |
/// | INTERVAL_YEAR_MONTH | `Longs`, months |
/// | DOUBLE | `Doubles` |
/// | REAL | `Doubles`, each the value of a `float` |
/// | VARCHAR | `Codes` (the text of each code) or `Objects` of `String` |
/// | CHAR(n) | `Objects` of `String`, filled up with blanks to n characters |
/// | IPADDRESS | `Codes` (the address of each code; null is NULL) or `Objects` of `IpAddress` |
/// | IPPREFIX | `Objects` of `weir.query.value.IpPrefix` |
/// | VARBINARY | `Objects` of [Binary] |
/// | DECIMAL | `Objects` of `BigDecimal` with the type's scale |
/// | ARRAY(T) | `Objects` of immutable `List`, whose elements stand as values of T; null is NULL |
/// | ROW(...) | `Objects` of immutable `List`, one value for each field; null is NULL |
/// | MAP(K, V) | `Objects` of immutable `Map`, in order of insertion; no key is null |
/// | UNKNOWN | `Objects`, all null: the type of a bare NULL |
///
/// A single value stands as in [weir.query.expr.Expr.Literal]: `Long` for `Longs`, `Double` for
/// `Doubles`, else the object.
public sealed interface SqlType
        permits BasicType,
                SqlType.Decimal,
                SqlType.Timestamp,
                SqlType.Char,
                SqlType.Array,
                SqlType.MapOf,
                SqlType.Row {
    /// The name as Trino prints it: `bigint`, `timestamp(3) with time zone`, `decimal(19,0)`,
    /// `array(row("x" bigint))`.
    String displayName();

    /// In which vectors values stand.
    default Form form() {
        return Form.OBJECTS;
    }

    /// The kinds of vector.
    enum Form {
        LONGS,
        DOUBLES,
        /// Objects, or codes of a dictionary where the type is VARCHAR or IPADDRESS.
        OBJECTS
    }

    /// Exact decimal numbers.
    ///
    /// @param precision digits in all, 1 to 38
    /// @param scale digits behind the point, 0 to `precision`
    record Decimal(int precision, int scale) implements SqlType {
        /// Most digits of a decimal.
        public static final int PRECISION_MAX = 38;

        /// Checks the bounds.
        public Decimal {
            if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "decimal(" + precision + "," + scale + ") is outside decimal(38,38)");
            }
        }

        @Override
        public boolean isNumeric() {
            return true;
        }

        @Override
        public String displayName() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /// A timestamp other than the two of [BasicType]: of fewer digits or in another zone than UTC.
    /// Made by [Timestamps#of], so that equal types are equal.
    ///
    /// @param precision digits of a second, 0 to 3
    /// @param zone the name of a zone, or null for a timestamp without one
    record Timestamp(int precision, @Nullable String zone) implements SqlType {
        @Override
        public Form form() {
            return Form.LONGS;
        }

        @Override
        public String displayName() {
            return "timestamp(" + precision + ")" + (zone == null ? "" : " with time zone");
        }
    }

    /// Texts of one length.
    ///
    /// @param length characters of every value, 0 to [#LENGTH_MAX]
    record Char(int length) implements SqlType {
        /// Most characters.
        public static final int LENGTH_MAX = 65_536;

        /// Checks the bounds.
        public Char {
            if (length < 0 || length > LENGTH_MAX) {
                throw new IllegalArgumentException("char(" + length + ") is outside char(65536)");
            }
        }

        @Override
        public String displayName() {
            return "char(" + length + ")";
        }
    }

    /// Lists of values of one type.
    record Array(SqlType element) implements SqlType {
        @Override
        public String displayName() {
            return "array(" + element.displayName() + ")";
        }

        @Override
        public boolean isOrderable() {
            return element.isOrderable();
        }
    }

    /// Values by key; the keys are distinct and not NULL.
    record MapOf(SqlType key, SqlType value) implements SqlType {
        @Override
        public String displayName() {
            return "map(" + key.displayName() + ", " + value.displayName() + ")";
        }

        @Override
        public boolean isOrderable() {
            return false;
        }
    }

    /// A fixed number of values, each of its type.
    record Row(List<Field> fields) implements SqlType {
        /// One field.
        ///
        /// @param name null when it has none
        public record Field(@Nullable String name, SqlType type) {
            private String displayName() {
                String quoted = name == null ? "" : '"' + name.replace("\"", "\"\"") + "\" ";
                return quoted + type.displayName();
            }
        }

        /// Takes a copy.
        public Row {
            fields = List.copyOf(fields);
        }

        /// Fields without names.
        public static Row of(List<SqlType> types) {
            return new Row(types.stream().map(type -> new Field(null, type)).toList());
        }

        @Override
        public String displayName() {
            return fields.stream()
                    .map(Field::displayName)
                    .collect(Collectors.joining(", ", "row(", ")"));
        }

        @Override
        public boolean isOrderable() {
            return fields.stream().allMatch(field -> field.type().isOrderable());
        }
    }

    /// Whether values are TINYINT, SMALLINT, INTEGER or BIGINT.
    default boolean isInteger() {
        return false;
    }

    /// Whether values are REAL or DOUBLE.
    default boolean isFloating() {
        return false;
    }

    /// Whether values are numbers.
    default boolean isNumeric() {
        return isInteger();
    }

    /// Whether values are lengths of time.
    default boolean isInterval() {
        return false;
    }

    /// Whether values have an order; all can be compared for equality.
    default boolean isOrderable() {
        return true;
    }

    /// Whether values hold other values, so that their equality can be NULL.
    default boolean isNested() {
        return this instanceof Array || this instanceof MapOf || this instanceof Row;
    }
}
