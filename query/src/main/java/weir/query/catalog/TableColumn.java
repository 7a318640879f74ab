// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.Locale;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// A column that SQL can name.
///
/// @param name as SQL writes it
/// @param type its type
/// @param isHidden left out of `SELECT *`
/// @param origin where its values come from
public record TableColumn(String name, SqlType type, boolean isHidden, Origin origin) {

    /// Where a column's values come from.
    public sealed interface Origin {}

    /// Stored by the engine, or held by a table in memory.
    ///
    /// @param ordinal its place among the stored columns of the table
    public record Stored(int ordinal) implements Origin {}

    /// Stored by the engine as text that is cast to the column's type.
    ///
    /// @param ordinal its place among the stored columns of the table
    public record StoredText(int ordinal) implements Origin {}

    /// Computed from the table's time column, which holds epoch seconds.
    ///
    /// @param derivation how
    /// @param timeOrdinal place of the time column among the stored columns
    public record Derived(Derivation derivation, int timeOrdinal) implements Origin {}

    /// Taken from the name of the file that a row came from.
    ///
    /// @param part which part of it
    /// @param pathOrdinal place of the column of paths among the stored columns
    public record OfPath(PathPart part, int pathOrdinal) implements Origin {}

    /// What AWS writes into the names of the files that it delivers, and of their folders; NULL
    /// where neither has it.
    public enum PathPart {
        /// The account whose flows these are: twelve digits.
        ACCOUNT,
        /// The region.
        REGION,
        /// The flow log: `fl-` and hexadecimal digits.
        FLOW_LOG_ID,
        /// The day of delivery, UTC.
        DATE;

        /// Its type.
        public SqlType type() {
            return this == DATE ? BasicType.DATE : BasicType.VARCHAR;
        }

        /// The name of the column.
        public String column() {
            return "$" + name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is computed from the time of a row, in UTC.
    public enum Derivation {
        /// DATE.
        DATE,
        /// VARCHAR `2026`.
        YEAR,
        /// VARCHAR `01` to `12`.
        MONTH,
        /// VARCHAR `01` to `31`.
        DAY,
        /// VARCHAR `00` to `23`.
        HOUR
    }
}
