// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.type.TypeNames;

/// A column of a table that `CREATE TABLE ... AS` made: how its type stands in the store, which
/// knows whole numbers, texts and addresses.
///
/// Where the stored type does not tell the SQL type, it stands behind the name: `hour::date`. What
/// is no whole number, text or address is stored as its text and cast back when it is read:
/// `share::double`.
///
/// @param name as SQL has it
/// @param type as SQL has it
/// @param stored the column of the store
/// @param isText whether a value of another type stands as its text
public record SavedColumn(String name, SqlType type, Column stored, boolean isText) {
    private static final String SEPARATOR = "::";

    /// Types that a cast from VARCHAR gives back just as they were.
    private static final Set<BasicType> TEXTS =
            Set.of(BasicType.REAL, BasicType.DOUBLE, BasicType.IPPREFIX);

    /// The column `name` of type `type`, or null when values of that type cannot be kept.
    public static @Nullable SavedColumn of(String name, SqlType type) {
        if (name.contains(SEPARATOR)) {
            return null;
        }
        if (type == BasicType.BIGINT) {
            return new SavedColumn(name, type, Column.number(name, ColumnType.INT64), false);
        }
        if (type == BasicType.INTEGER) {
            return new SavedColumn(name, type, Column.number(name, ColumnType.INT32), false);
        }
        if (type == BasicType.VARCHAR) {
            return new SavedColumn(name, type, Column.text(name), false);
        }
        String typed = name + SEPARATOR + TypeNames.of(type);
        if (type == BasicType.IPADDRESS) {
            Column address = new Column(typed, ColumnType.ADDRESS, typed, null, false);
            return new SavedColumn(name, type, address, false);
        }
        if (isNumber(type)) {
            return new SavedColumn(name, type, Column.number(typed, ColumnType.INT64), false);
        }
        return isText(type) ? new SavedColumn(name, type, Column.text(typed), true) : null;
    }

    /// Whether values are whole numbers in vectors, which the store keeps as they are.
    private static boolean isNumber(SqlType type) {
        return type.form() == SqlType.Form.LONGS;
    }

    private static boolean isText(SqlType type) {
        return type instanceof SqlType.Decimal
                || (type instanceof BasicType basic && TEXTS.contains(basic));
    }

    /// The column that `stored` keeps, or null when it is not one of a saved table.
    static @Nullable SavedColumn of(Column stored) {
        int at = stored.name().lastIndexOf(SEPARATOR);
        if (at <= 0) {
            return null;
        }
        SqlType type = TypeNames.find(stored.name().substring(at + SEPARATOR.length()));
        SavedColumn column = type == null ? null : of(stored.name().substring(0, at), type);
        return column != null && column.stored().equals(stored) ? column : null;
    }
}
