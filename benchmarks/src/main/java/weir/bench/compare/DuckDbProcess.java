// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/// DuckDB as a process: loads a log file into a database, or runs a query several times.
///
/// `load DATABASE LOG` makes the table and checkpoints it. `query DATABASE RUNS SQL...` prints for
/// each statement its times in milliseconds on one line, then its rows, cells separated by tabs,
/// then an empty line.
public final class DuckDbProcess {
    /// Columns that hold whole numbers in any flow log; the others are text.
    private static final String NUMBERS =
            " version srcport dstport protocol packets bytes start end tcp_flags traffic_path"
                    + " encryption_status ";

    private DuckDbProcess() {}

    /// Runs one command.
    public static void main(String[] args) throws SQLException {
        String url = "jdbc:duckdb:" + args[1];
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Runtime.getRuntime().availableProcessors());
            if (args[0].equals("load")) {
                load(statement, args[2], args[3]);
            } else {
                int runs = Integer.parseInt(args[2]);
                for (String sql : Arrays.copyOfRange(args, 3, args.length)) {
                    query(statement, sql, runs);
                }
            }
        }
    }

    private static void load(Statement statement, String log, String fields) throws SQLException {
        StringJoiner columns = new StringJoiner(", ", "{", "}");
        for (String field : fields.split(" ", -1)) {
            String name = field.replace('-', '_');
            boolean isNumber = NUMBERS.contains(" " + name + " ");
            columns.add("'" + name + "': '" + (isNumber ? "BIGINT" : "VARCHAR") + "'");
        }
        statement.execute(
                "CREATE TABLE vpc_flow_logs AS SELECT * FROM read_csv('"
                        + log.replace("'", "''")
                        + "', delim=' ', header=true, nullstr='-', quote='', escape='', columns="
                        + columns
                        + ")");
        statement.execute("CHECKPOINT");
    }

    private static void query(Statement statement, String sql, int runs) throws SQLException {
        StringJoiner times = new StringJoiner("\t");
        StringBuilder rows = new StringBuilder();
        for (int run = 0; run < runs; run++) {
            rows.setLength(0);
            long start = System.nanoTime();
            try (ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringJoiner cells = new StringJoiner("\t");
                    for (int column = 1; column <= columns; column++) {
                        String cell = result.getString(column);
                        cells.add(cell == null ? "" : cell);
                    }
                    rows.append(cells).append('\n');
                }
            }
            double millis = (System.nanoTime() - start) / 1e6;
            times.add(String.format(Locale.ROOT, "%.2f", millis));
        }
        System.out.println(times);
        System.out.println(rows);
    }
}
