// SPDX-License-Identifier: Apache-2.0
package weir.engine.schema;

import org.jspecify.annotations.Nullable;

/// One column of a table: immutable.
///
/// @param name the name SQL uses, as written in files
/// @param type the physical type
/// @param dictionary name of the dictionary the column's values live in; columns that name the same
///   one share it, so that their codes compare. Empty for columns without dictionary
/// @param absentText what an absent value of a dictionary column reads as; null reads as SQL NULL
/// @param isHidden left out of `SELECT *`
public record Column(
        String name,
        ColumnType type,
        String dictionary,
        @Nullable String absentText,
        boolean isHidden) {

    /// What an absent value of a number column is in arrays of values under construction.
    public static final long ABSENT = Long.MIN_VALUE;

    /// Checks that a dictionary is named exactly when the type has one.
    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (type.isDictionary() == dictionary.isEmpty()) {
            throw new IllegalArgumentException(
                    "column "
                            + name
                            + " of type "
                            + type
                            + " with dictionary '"
                            + dictionary
                            + "'");
        }
    }

    /// A number column; absent reads as NULL.
    public static Column number(String name, ColumnType type) {
        return new Column(name, type, "", null, false);
    }

    /// A text column with a dictionary of its own; absent reads as NULL.
    public static Column text(String name) {
        return new Column(name, ColumnType.TEXT, name, null, false);
    }

    /// This column, left out of `SELECT *`.
    public Column hidden() {
        return new Column(name, type, dictionary, absentText, true);
    }

    /// This dictionary column with absent values that read as `text`.
    public Column absentAs(String text) {
        return new Column(name, type, dictionary, text, isHidden);
    }
}
