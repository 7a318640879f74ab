// SPDX-License-Identifier: Apache-2.0
package weir.engine.schema;

/// The physical types of a column. A wire id is never reused.
public enum ColumnType {
    /// Whole numbers that SQL shows as INTEGER; stored like [#INT64].
    INT32(1, false),
    /// Whole numbers that SQL shows as BIGINT. `Long.MIN_VALUE` is not storable: it means absent.
    INT64(2, false),
    /// Instants as milliseconds since 1970-01-01T00:00:00Z.
    TIMESTAMP(3, false),
    /// UTF-8 text through a sorted dictionary.
    TEXT(4, true),
    /// IPv4 and IPv6 addresses through a dictionary sorted as 128-bit numbers.
    ADDRESS(5, true);

    private final int wireId;
    private final boolean isDictionary;

    ColumnType(int wireId, boolean isDictionary) {
        this.wireId = wireId;
        this.isDictionary = isDictionary;
    }

    /// The number that stands for this type in files.
    public int wireId() {
        return wireId;
    }

    /// Whether values are stored as codes of a dictionary.
    public boolean isDictionary() {
        return isDictionary;
    }

    /// The type with this wire id.
    ///
    /// @throws IllegalArgumentException when no type has it
    public static ColumnType ofWireId(int wireId) {
        for (ColumnType type : values()) {
            if (type.wireId == wireId) {
                return type;
            }
        }
        throw new IllegalArgumentException("column type " + wireId + " is not one of 1 to 5");
    }
}
