// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import java.util.List;
import weir.query.catalog.SavedColumn;

/// A statement that changes what a store defines. Names are in lower case.
public sealed interface Change {
    /// What is made or taken away.
    String name();

    /// What Trino's client calls such a statement: `CREATE VIEW`.
    String words();

    /// What to do where the name is taken.
    enum IfExists {
        FAIL,
        KEEP,
        REPLACE
    }

    /// Names a query.
    ///
    /// @param sql the query as text
    record CreateView(String name, String sql, IfExists ifExists) implements Change {
        @Override
        public String words() {
            return "CREATE VIEW";
        }
    }

    /// Forgets a view.
    ///
    /// @param mayLack whether it is no failure when there is none
    record DropView(String name, boolean mayLack) implements Change {
        @Override
        public String words() {
            return "DROP VIEW";
        }
    }

    /// Keeps the rows of a query as a table.
    ///
    /// @param rows optimised
    /// @param columns how the table keeps each column of `rows`
    /// @param isEmpty whether only the columns are wanted
    record CreateTable(
            String name,
            LogicalPlan rows,
            List<SavedColumn> columns,
            boolean isEmpty,
            IfExists ifExists)
            implements Change {
        @Override
        public String words() {
            return "CREATE TABLE";
        }
    }

    /// Takes away a table that a statement made.
    ///
    /// @param mayLack whether it is no failure when there is none
    record DropTable(String name, boolean mayLack) implements Change {
        @Override
        public String words() {
            return "DROP TABLE";
        }
    }
}
