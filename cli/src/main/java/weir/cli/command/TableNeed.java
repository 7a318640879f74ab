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
    private static final Catalog NO_TABLES = Catalog.of(List.<Table>of());

    /// What lists the tables does not name one.
    private static final Pattern LISTS_TABLES =
            Pattern.compile("(?is)(?:\\s++|--[^\\n]*+\\n|/\\*.*?\\*/)*+show\\s++tables\\b.*");

    private TableNeed() {}

    /// Whether any of `statements` names a table or lists them. What is wrong for another reason
    /// does not count: running it says so.
    static boolean isIn(List<String> statements) {
        return statements.stream().anyMatch(TableNeed::isIn);
    }

    private static boolean isIn(String statement) {
        if (LISTS_TABLES.matcher(statement).matches()) {
            return true;
        }
        try {
            return SqlPlanner.plan(statement, NO_TABLES, Instant.EPOCH)
                    instanceof PlannedStatement.Definition;
        } catch (QueryException e) {
            return e.code() == QueryException.Code.UNKNOWN_NAME
                    && String.valueOf(e.getMessage()).startsWith("Table '");
        }
    }
}
