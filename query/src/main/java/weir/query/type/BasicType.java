// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

/// The types without parameters.
public enum BasicType implements SqlType {
    BOOLEAN("boolean"),
    /// 8 bits, signed.
    TINYINT("tinyint"),
    /// 16 bits, signed.
    SMALLINT("smallint"),
    /// 32 bits, signed.
    INTEGER("integer"),
    /// 64 bits, signed.
    BIGINT("bigint"),
    /// 32 bits, IEEE 754.
    REAL("real"),
    /// 64 bits, IEEE 754.
    DOUBLE("double"),
    VARCHAR("varchar"),
    VARBINARY("varbinary"),
    DATE("date"),
    /// Precision 3, without zone.
    TIMESTAMP("timestamp(3)"),
    /// Precision 3; the zone is UTC.
    TIMESTAMP_TZ("timestamp(3) with time zone"),
    /// A length of time in milliseconds.
    INTERVAL_DAY_SECOND("interval day to second"),
    /// A length of time in months.
    INTERVAL_YEAR_MONTH("interval year to month"),
    IPADDRESS("ipaddress"),
    /// A network: an address whose bits behind a length are zero, and that length.
    IPPREFIX("ipprefix"),
    /// The type of a bare NULL.
    UNKNOWN("unknown");

    private final String displayName;

    BasicType(String displayName) {
        this.displayName = displayName;
    }

    @Override
    public String displayName() {
        return displayName;
    }

    @Override
    public Form form() {
        return switch (this) {
            case REAL, DOUBLE -> Form.DOUBLES;
            case VARCHAR, VARBINARY, IPADDRESS, IPPREFIX, UNKNOWN -> Form.OBJECTS;
            default -> Form.LONGS;
        };
    }

    @Override
    public boolean isInteger() {
        return bits() > 0;
    }

    @Override
    public boolean isNumeric() {
        return isInteger() || isFloating();
    }

    @Override
    public boolean isFloating() {
        return this == REAL || this == DOUBLE;
    }

    @Override
    public boolean isInterval() {
        return this == INTERVAL_DAY_SECOND || this == INTERVAL_YEAR_MONTH;
    }

    /// Bits of a whole number; 0 of any other type.
    public int bits() {
        return switch (this) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case INTEGER -> 32;
            case BIGINT -> 64;
            default -> 0;
        };
    }

    /// Whether `value` is in the range of this type of whole numbers, or of lengths in months.
    public boolean holds(long value) {
        int unused = this == INTERVAL_YEAR_MONTH ? 32 : 64 - bits();
        return value << unused >> unused == value;
    }
}
