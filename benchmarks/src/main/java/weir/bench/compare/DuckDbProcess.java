// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// DuckDB as a process: loads log files into a database, or runs a query several times.
///
/// `load DATABASE FIELDS LOG...` makes the table, or adds to it, and checkpoints it. `query
/// DATABASE RUNS SQL...` prints for each statement its times in milliseconds on one line, then its
/// rows, cells separated by tabs, then an empty line. `serve DATABASE` does so for each line `RUNS
/// SQL` of standard input, with a line of [DuckDbSession#END] behind the rows. `columns DATABASE`
/// prints the bytes of each column of the table.
public final class DuckDbProcess {
    /// Columns that hold whole numbers in any flow log; the others are text.
    private static final String NUMBERS =
            " version srcport dstport protocol packets bytes start end tcp_flags traffic_path"
                    + " encryption_status ";

    private DuckDbProcess() {}

    /// What DuckDB answered to one statement.
    ///
    /// @param millis the time of each run
    /// @param rows of the last run, cells separated by tabs
    record Answer(List<Double> millis, List<String> rows) {}

    /// The words that start a process with these arguments.
    static List<String> command(String... arguments) {
        return Processes.java(DuckDbProcess.class, arguments);
    }

    /// Loads files, packed by gzip or not, each with a header, in a process of its own.
    static Processes.Finished load(Path database, String fields, List<Path> logs)
            throws IOException, InterruptedException {
        return load(List.of(), database, fields, logs);
    }

    /// The same with options for its JVM, whose number of processors is that of DuckDB's threads.
    static Processes.Finished load(
            List<String> options, Path database, String fields, List<Path> logs)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("load", database.toString(), fields));
        logs.forEach(log -> words.add(log.toString()));
        return Processes.run(Processes.java(options, DuckDbProcess.class, words));
    }

    /// Runs each statement so many times, all in one process.
    static List<Answer> answers(Path database, int runs, List<String> statements)
            throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("query", database.toString(), Integer.toString(runs)));
        words.addAll(statements);
        String printed = Processes.run(command(words.toArray(String[]::new))).out();
        return Stream.of(printed.split("\n\n"))
                .map(block -> block.lines().filter(line -> !line.isEmpty()).toList())
                .map(lines ->
                        new Answer(
                                Arrays.stream(lines.getFirst().split("\t"))
                                        .map(Double::parseDouble)
                                        .toList(),
                                lines.subList(1, lines.size())))
                .toList();
    }

    /// The version of DuckDB.
    static String version() throws IOException, InterruptedException {
        return answers(Path.of(":memory:"), 1, List.of("SELECT version()"))
                .getFirst()
                .rows()
                .getFirst();
    }

    /// Runs one command.
    public static void main(String[] args) throws SQLException, IOException {
        String url = "jdbc:duckdb:" + args[1];
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Runtime.getRuntime().availableProcessors());
            switch (args[0]) {
                case "load" -> load(statement, args[2], Arrays.copyOfRange(args, 3, args.length));
                case "columns" -> columns(statement);
                case "serve" -> serve(statement);
                default -> {
                    int runs = Integer.parseInt(args[2]);
                    for (String sql : Arrays.copyOfRange(args, 3, args.length)) {
                        query(statement, sql, runs);
                    }
                }
            }
        }
    }

    private static void load(Statement statement, String fields, String... logs)
            throws SQLException {
        StringJoiner files = new StringJoiner(", ", "[", "]");
        for (String log : logs) {
            files.add("'" + log.replace("'", "''") + "'");
        }
        StringJoiner columns = new StringJoiner(", ", "{", "}");
        for (String field : fields.split(" ", -1)) {
            String name = field.replace('-', '_');
            boolean isNumber = NUMBERS.contains(" " + name + " ");
            columns.add("'" + name + "': '" + (isNumber ? "BIGINT" : "VARCHAR") + "'");
        }
        statement.execute(
                target(statement)
                        + " SELECT * FROM read_csv("
                        + files
                        + ", delim=' ', header=true, nullstr='-', quote='', escape='', columns="
                        + columns
                        + ")");
        statement.execute("CHECKPOINT");
    }

    /// A table that is there already gets more rows.
    private static String target(Statement statement) throws SQLException {
        String sql = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'vpc_flow_logs'";
        try (ResultSet tables = statement.executeQuery(sql)) {
            tables.next();
            return tables.getInt(1) == 0
                    ? "CREATE TABLE vpc_flow_logs AS"
                    : "INSERT INTO vpc_flow_logs";
        }
    }

    /// Prints the bytes of each column. DuckDB says where in which block of the file each piece of
    /// a column begins; it ends where the next one does, or with the block. Blocks that a piece
    /// names beside its own are its own whole.
    private static void columns(Statement statement) throws SQLException {
        String sql =
                """
                WITH block AS (SELECT block_size AS size FROM pragma_database_size()),
                pieces AS (
                  SELECT column_name, block_id, block_offset,
                    list_count(additional_block_ids) AS more,
                    lead(block_offset) OVER (PARTITION BY block_id ORDER BY block_offset) AS next
                  FROM (SELECT DISTINCT ON (block_id, block_offset) *
                        FROM pragma_storage_info('vpc_flow_logs') WHERE block_id >= 0))
                SELECT column_name,
                  sum(coalesce(next, size) - block_offset + more * size)::BIGINT AS bytes
                FROM pieces, block GROUP BY column_name ORDER BY column_name\
                """;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                System.out.println(rows.getString(1) + "\t" + rows.getLong(2));
            }
        }
    }

    private static void serve(Statement statement) throws SQLException, IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            System.out.print(answer(statement, words[1], Integer.parseInt(words[0])));
            System.out.println(DuckDbSession.END);
        }
    }

    private static void query(Statement statement, String sql, int runs) throws SQLException {
        System.out.println(answer(statement, sql, runs));
    }

    /// A line of times and one for each row.
    private static String answer(Statement statement, String sql, int runs) throws SQLException {
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
        return times + "\n" + rows;
    }
}
