// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

/// The types without parameters.
public enum BasicType implements SqlType {
    BOOLEAN("boolean"),
    /// 32 bits, signed.
    INTEGER("integer"),
    /// 64 bits, signed.
    BIGINT("bigint"),
    DOUBLE("double"),
    VARCHAR("varchar"),
    VARBINARY("varbinary"),
    DATE("date"),
    /// Precision 3, without zone.
    TIMESTAMP("timestamp(3)"),
    /// Precision 3; the zone is UTC.
    TIMESTAMP_TZ("timestamp(3) with time zone"),
    IPADDRESS("ipaddress"),
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
    public boolean isInteger() {
        return this == INTEGER || this == BIGINT;
    }

    @Override
    public boolean isNumeric() {
        return isInteger() || this == DOUBLE;
    }
}
