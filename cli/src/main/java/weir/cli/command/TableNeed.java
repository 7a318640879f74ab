// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.fault.QueryException;
import weir.query.sql.PlannedStatement;
import weir.query.sql.SqlPlanner;

/// Whether SQL asks for tables at all: `SELECT 1` and `SHOW FUNCTIONS` do not.
final class TableNeed {
    /// What lists the tables does not name one.
    private static final Pattern LISTS_TABLES =
            Pattern.compile("(?is)(?:\\s++|--[^\\n]*+\\n|/\\*.*?\\*/)*+show\\s++tables\\b.*");

    private TableNeed() {}

    /// Whether any of `statements` names a table that is none of `lookups`, lists tables or makes
    /// some. What is wrong for another reason does not count: running it says so.
    static boolean isIn(List<String> statements, List<Table> lookups) {
        Catalog known = Catalog.of(lookups);
        return statements.stream().anyMatch(statement -> isIn(statement, known));
    }

    private static boolean isIn(String statement, Catalog known) {
        if (LISTS_TABLES.matcher(statement).matches()) {
            return true;
        }
        try {
            return SqlPlanner.plan(statement, known, Instant.EPOCH, List.of())
                    instanceof PlannedStatement.Definition;
        } catch (QueryException e) {
            return e.code() == QueryException.Code.UNKNOWN_NAME
                    && String.valueOf(e.getMessage()).startsWith("Table '");
        }
    }
}
