// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.query.catalog.Catalog;
import weir.query.fault.QueryException;
import weir.query.plan.PlanPrinter;

/// Statements and what is made of them, as text: `src/test/resources/plans/*.txt`. A statement
/// stands behind `> `, what is expected below it, up to an empty line: a plan, or the failure with
/// the line and the caret. `-Dgolden.write` writes what is found; read the difference before you
/// keep it.
class PlanScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/plans");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final Catalog CATALOG = FlowCatalog.make();

    /// One statement of a script.
    private record Step(String sql, String expected) {}

    @TestFactory
    Stream<DynamicTest> everyStatementGivesItsPlanOrItsFailure() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                if (System.getProperty("golden.write") != null) {
                    Files.writeString(file, rewrite(text));
                }
                for (Step step : steps(text)) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    file.getFileName() + ": " + step.sql(),
                                    () -> assertEquals(step.expected(), outcome(step.sql()))));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        for (String block : text.split("\n\n+", -1)) {
            StringBuilder sql = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (String line : block.split("\n", -1)) {
                if (line.startsWith("> ")) {
                    sql.append(sql.isEmpty() ? "" : "\n").append(line.substring(2));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    expected.append(expected.isEmpty() ? "" : "\n").append(line);
                }
            }
            if (!sql.isEmpty()) {
                steps.add(new Step(sql.toString(), expected.toString()));
            }
        }
        return steps;
    }

    private static String outcome(String sql) {
        try {
            return PlanPrinter.print(SqlPlanner.planQuery(sql, CATALOG, NOW, List.of()).plan());
        } catch (QueryException e) {
            String text = e.code() + " " + e.describe(sql);
            return text.replace(System.lineSeparator(), "\n").stripTrailing();
        }
    }

    private static String rewrite(String text) {
        StringBuilder written = new StringBuilder();
        for (String block : text.strip().split("\n\n+", -1)) {
            for (String line : block.split("\n", -1)) {
                if (line.startsWith("> ") || line.startsWith("#")) {
                    written.append(line).append('\n');
                }
            }
            for (Step step : steps(block)) {
                written.append(outcome(step.sql())).append('\n');
            }
            written.append('\n');
        }
        return written.toString().stripTrailing() + "\n";
    }
}
