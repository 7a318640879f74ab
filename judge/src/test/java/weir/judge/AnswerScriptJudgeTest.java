// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
                    AnswerScript judged = judged(script, trino, differences);
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

    /// The script with Trino's answers.
    private static AnswerScript judged(
            AnswerScript script, TrinoAnswers trino, List<String> differences) {
        List<AnswerScript.Step> steps = new ArrayList<>();
        for (AnswerScript.Step step : script.steps()) {
            if (step.sql().isEmpty()) {
                steps.add(step);
                continue;
            }
            List<String> answer = Answers.inOrder(step.sql(), trino.answer(step.sql()));
            String difference = Answers.difference(step.sql(), step.expected(), answer);
            if (difference != null && isTie(step, answer)) {
                difference = null;
            }
            if (difference != null) {
                differences.add(script.file().getFileName() + ": " + difference);
            }
            // What differs only in the last digits of a sum stays as it is.
            steps.add(difference == null ? step : step.withExpected(answer));
        }
        return script.withSteps(steps);
    }

    /// Whether only the order is another: Trino's threads decide about rows that ORDER BY leaves
    /// equal. Weir has to keep the order that is written down.
    private static boolean isTie(AnswerScript.Step step, List<String> answer) {
        return Answers.difference(step.sql(), sorted(step.expected()), sorted(answer)) == null;
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
