// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import org.jspecify.annotations.Nullable;

/// A SQL type: Trino's.
///
/// How values stand in vectors ([weir.engine.vector.Vector]):
///
/// | type | vector |
/// |---|---|
/// | BOOLEAN | `Longs`, 0 and 1 |
/// | INTEGER, BIGINT | `Longs` |
/// | DATE | `Longs`, days since 1970-01-01 |
/// | timestamps ([Timestamps]) | `Longs`, milliseconds since 1970-01-01 00:00 (UTC) |
/// | DOUBLE | `Doubles` |
/// | VARCHAR | `Codes` (the text of each code) or `Objects` of `String` |
/// | IPADDRESS | `Codes` (the address of each code; null is NULL) or `Objects` of `IpAddress` |
/// | VARBINARY | `Objects` of [Binary] |
/// | DECIMAL | `Objects` of `BigDecimal` with the type's scale |
/// | UNKNOWN | `Objects`, all null: the type of a bare NULL |
public sealed interface SqlType permits BasicType, SqlType.Decimal, SqlType.Timestamp {
    /// The name as Trino prints it: `bigint`, `timestamp(3) with time zone`, `decimal(19,0)`.
    String displayName();

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
        public String displayName() {
            return "timestamp(" + precision + ")" + (zone == null ? "" : " with time zone");
        }
    }

    /// Whether values are INTEGER or BIGINT.
    default boolean isInteger() {
        return false;
    }

    /// Whether values are numbers.
    default boolean isNumeric() {
        return isInteger();
    }
}
