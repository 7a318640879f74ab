// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Store;
import weir.engine.vector.VectorBatch;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.QueryResult;
import weir.query.exec.VectorValues;
import weir.query.type.SqlType;
import weir.query.value.ValueText;
import weir.testkit.Seeds;
import weir.testkit.generate.GeneratorOptions;

/// Random statements over generated flow records give what DuckDB gives. A text that a record does
/// not have is `-` in Weir and so in the view that DuckDB is asked; numbers of floating point agree
/// in nine digits.
class DuckDbTwinTest {
    private static final int RECORDS = 6_000;
    private static final int STATEMENTS = 60;
    private static final int STATEMENTS_SLOW = 3_000;
    private static final MathContext DIGITS = new MathContext(9);

    @TempDir Path directory;

    @Test
    void randomStatementsAgree() throws IOException, SQLException {
        compare(new Random(Seeds.next("DuckDbTwinTest")), STATEMENTS);
    }

    @Tag("slow")
    @Test
    void manyRandomStatementsAgree() throws IOException, SQLException {
        compare(new Random(Seeds.next("DuckDbTwinTest.slow")), STATEMENTS_SLOW);
    }

    private void compare(Random random, int count) throws IOException, SQLException {
        FlowData data = new FlowData(directory.resolve("flows"));
        data.make(
                GeneratorOptions.defaults().withRecords(RECORDS).withSeed(random.nextLong()),
                true,
                false);
        int answered = 0;
        try (Store store = Store.open(data.store());
                Connection connection =
                        DriverManager.getConnection("jdbc:duckdb:" + data.database());
                Statement duck = connection.createStatement()) {
            duck.execute(view(duck));
            QueryEngine engine = new QueryEngine(store);
            for (int i = 0; i < count; i++) {
                String sql = new RandomFlowStatement(random).next();
                List<String> expected = duckRows(duck, sql);
                assertEquals(
                        String.join("\n", expected), String.join("\n", weirRows(engine, sql)), sql);
                answered += expected.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(answered > count / 2, "only " + answered + " of " + count + " have rows");
    }

    /// The table with `-` for the texts that DuckDB has NULL for.
    private static String view(Statement duck) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet types = duck.executeQuery("DESCRIBE vpc_flow_logs")) {
            while (types.next()) {
                String name = '"' + types.getString(1) + '"';
                columns.add(
                        types.getString(2).equals("VARCHAR")
                                ? "coalesce(" + name + ", '-') AS " + name
                                : name);
            }
        }
        return "CREATE TEMP VIEW flows AS SELECT "
                + String.join(", ", columns)
                + " FROM vpc_flow_logs";
    }

    private static List<String> duckRows(Statement duck, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = duck.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= width; column++) {
                    values.add(shown(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows.stream().sorted().toList();
    }

    private static List<String> weirRows(QueryEngine engine, String sql) {
        String own = sql.replace(" flows", " vpc_flow_logs");
        List<String> rows = new ArrayList<>();
        try (QueryResult result = engine.execute(own, QueryOptions.defaults().withThreads(2))) {
            List<SqlType> types = result.fields().stream().map(field -> field.type()).toList();
            for (VectorBatch batch = result.nextBatch();
                    batch != null;
                    batch = result.nextBatch()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<String> values = new ArrayList<>();
                    for (int c = 0; c < types.size(); c++) {
                        Object value = VectorValues.get(batch.column(c), types.get(c), row);
                        values.add(shown(value == null ? null : ValueText.of(value, types.get(c))));
                    }
                    rows.add(values.stream().collect(Collectors.joining("|")));
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    /// Numbers without the ways to write them.
    private static String shown(@Nullable String text) {
        if (text == null) {
            return "NULL";
        }
        if (!text.matches("-?[0-9]+\\.[0-9]+([eE][+-]?[0-9]+)?")) {
            return text;
        }
        return new BigDecimal(text).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
