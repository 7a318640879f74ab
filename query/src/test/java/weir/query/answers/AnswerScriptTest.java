// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every statement of the scripts gives the answer that Trino gave, on one thread without pruning
/// and on several with it. `-Dgolden.write=1` writes the parts that are Weir's own.
class AnswerScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/answers");

    @TempDir private static Path directory;
    private static WeirAnswers weir;

    @BeforeAll
    static void open() throws IOException {
        weir = WeirAnswers.over(AnswerTable.all(SCRIPTS.resolve("tables")), directory);
    }

    @AfterAll
    static void close() {
        weir.close();
    }

    @TestFactory
    Stream<DynamicTest> everyStatementGivesTheAnswerOfTrino() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (AnswerScript script : AnswerScript.all(SCRIPTS)) {
            AnswerScript known = System.getProperty("golden.write") == null ? script : own(script);
            for (AnswerScript.Step step : known.steps()) {
                if (!step.sql().isEmpty()) {
                    String name = script.file().getFileName() + ": " + step.sql();
                    tests.add(DynamicTest.dynamicTest(name, () -> check(step)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    private static AnswerScript own(AnswerScript script) throws IOException {
        List<AnswerScript.Step> steps = new ArrayList<>();
        for (AnswerScript.Step step : script.steps()) {
            steps.add(step.reason() == null ? step : step.withOwn(answer(step.sql(), 1, false)));
        }
        AnswerScript written = script.withSteps(steps);
        written.write();
        return written;
    }

    private static void check(AnswerScript.Step step) {
        List<String> expected = step.expectedOfWeir();
        String difference = Answers.difference(step.sql(), expected, answer(step.sql(), 1, false));
        if (difference == null) {
            difference = Answers.difference(step.sql(), expected, answer(step.sql(), 3, true));
        }
        if (difference != null) {
            fail(difference);
        }
        if (step.reason() != null) {
            assertFalse(
                    step.expected().equals(step.own()),
                    "Trino answers the same by now: take out the part that is Weir's own");
        }
    }

    private static List<String> answer(String sql, int threads, boolean isPruning) {
        return Answers.inOrder(sql, weir.answer(sql, threads, isPruning));
    }

    @Test
    void aWrongAnswerIsFound() {
        List<String> one = List.of("a bigint | b double", "1 | 0.5", "2 | NaN");
        String sql = "SELECT a, b FROM t";
        assertEquals(
                null, Answers.difference(sql, one, List.of(one.get(0), one.get(2), one.get(1))));
        for (List<String> wrong :
                List.of(
                        List.of("a bigint | b real", "1 | 0.5", "2 | NaN"),
                        List.of("a bigint | b double", "1 | 0.5"),
                        List.of("a bigint | b double", "1 | 0.5", "2 | NULL"),
                        List.of("a bigint | b double", "1 | 0.5001", "2 | NaN"),
                        List.of("ERROR INVALID_VALUE 1:8"))) {
            assertFalse(Answers.difference(sql, one, wrong) == null, wrong.toString());
        }
        String ordered = "SELECT a, b FROM t ORDER BY a";
        assertFalse(
                Answers.difference(ordered, one, List.of(one.get(0), one.get(2), one.get(1)))
                        == null);
    }

    @Test
    void aFailureIsComparedByKindAndPlace() {
        List<String> trino = List.of("ERROR COLUMN_NOT_FOUND 1:8");
        assertEquals(null, Answers.difference("", trino, List.of("ERROR UNKNOWN_NAME 1:8")));
        assertFalse(Answers.difference("", trino, List.of("ERROR UNKNOWN_NAME 1:9")) == null);
        assertFalse(Answers.difference("", trino, List.of("ERROR UNSUPPORTED 1:8")) == null);
        List<String> noPlace = List.of("ERROR DIVISION_BY_ZERO");
        assertEquals(null, Answers.difference("", noPlace, List.of("ERROR INVALID_VALUE 1:8")));
    }
}
