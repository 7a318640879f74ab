// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import weir.query.answers.AnswerScript;
import weir.query.answers.AnswerTable;
import weir.query.answers.Answers;

/// What the scripts say is what Trino answers. `-Dgolden.write=1` writes Trino's answers into them;
/// `-Dscript=NAME` takes only the files whose names hold that.
class AnswerScriptJudgeTest {
    @Test
    void theScriptsSayWhatTrinoAnswers() throws IOException {
        String wanted = System.getProperty("script", "");
        boolean isWriting = System.getProperty("golden.write") != null;
        List<String> differences = new ArrayList<>();
        int statements = 0;
        try (TrinoAnswers trino =
                TrinoAnswers.over(AnswerTable.all(Scripts.DIRECTORY.resolve("tables")))) {
            for (AnswerScript script : AnswerScript.all(Scripts.DIRECTORY)) {
                if (String.valueOf(script.file().getFileName()).contains(wanted)) {
                    AnswerScript judged = judged(script, trino::answer, differences);
                    statements += judged.steps().size();
                    if (isWriting) {
                        judged.write();
                    }
                }
            }
        }
        assertFalse(statements == 0, "no script is called " + wanted);
        if (!isWriting && !differences.isEmpty()) {
            fail(String.join("\n\n", differences));
        }
    }

    @Test
    void rowsInAnotherOrderAreADifferenceWhereTheStatementOrdersThem() {
        List<String> ascending = List.of("x integer", "1", "2");
        List<String> descending = List.of("x integer", "2", "1");
        assertEquals(0, differences("SELECT x FROM t ORDER BY x", ascending, ascending));
        assertEquals(1, differences("SELECT x FROM t ORDER BY x", descending, ascending));
        assertEquals(0, differences("SELECT x FROM t", descending, ascending));
    }

    private static int differences(String sql, List<String> recorded, List<String> answer) {
        AnswerScript.Step step = new AnswerScript.Step(List.of(), sql, recorded, null, List.of());
        List<String> differences = new ArrayList<>();
        judged(new AnswerScript(Path.of("one.txt"), List.of(step)), _ -> answer, differences);
        return differences.size();
    }

    /// The script with Trino's answers.
    private static AnswerScript judged(
            AnswerScript script, Function<String, List<String>> trino, List<String> differences) {
        List<AnswerScript.Step> steps = new ArrayList<>();
        for (AnswerScript.Step step : script.steps()) {
            if (step.sql().isEmpty()) {
                steps.add(step);
                continue;
            }
            List<String> answer = Answers.inOrder(step.sql(), trino.apply(step.sql()));
            String difference = Answers.difference(step.sql(), step.expected(), answer);
            if (difference != null) {
                differences.add(script.file().getFileName() + ": " + difference);
            }
            // What differs only in the last digits of a sum stays as it is.
            steps.add(difference == null ? step : step.withExpected(answer));
        }
        return script.withSteps(steps);
    }
}
