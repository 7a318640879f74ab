// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.answers.AnswerTable;
import weir.query.answers.Answers;
import weir.query.answers.WeirAnswers;

/// Random statements get the same answer of Weir as of Trino. `-Dseed=N` draws others,
/// `-Djudge.statements=N` more.
class RandomJudgeTest {
    /// Failures that an expression raises for some row: which rows it is asked of is left open.
    private static final Set<String> OF_ROWS =
            Set.of(
                    "DIVISION_BY_ZERO",
                    "NUMERIC_VALUE_OUT_OF_RANGE",
                    "INVALID_CAST_ARGUMENT",
                    "INVALID_FUNCTION_ARGUMENT",
                    "INVALID_VALUE");

    private static final double ANSWERED_SHARE_MIN = 0.5;

    @Test
    void randomStatementsGetTheAnswerOfTrino(@TempDir Path directory) throws IOException {
        long seed = Long.getLong("seed", 1);
        int count = Integer.getInteger("judge.statements", 60);
        List<AnswerTable> tables = AnswerTable.all(Scripts.DIRECTORY.resolve("tables"));
        List<String> differences = new ArrayList<>();
        int answered = 0;
        try (TrinoAnswers trino = TrinoAnswers.over(tables);
                WeirAnswers weir = WeirAnswers.over(tables, directory)) {
            RandomStatement statements = new RandomStatement(new Random(seed), tables);
            for (int i = 0; i < count; i++) {
                String sql = statements.next();
                List<String> ours = weir.answer(sql, 1 + i % 3, i % 2 == 0);
                if (!ours.getFirst().startsWith("ERROR UNSUPPORTED")) {
                    answered++;
                    String difference = difference(sql, trino.answer(sql), ours);
                    if (difference != null) {
                        differences.add(difference);
                    }
                }
            }
        }
        if (!differences.isEmpty()) {
            fail("seed " + seed + "\n" + String.join("\n\n", differences));
        }
        assertTrue(
                answered >= ANSWERED_SHARE_MIN * count,
                "Weir answered only " + answered + " of " + count + " statements");
    }

    private static @Nullable String difference(
            String sql, List<String> expected, List<String> actual) {
        String left = failure(expected);
        String right = failure(actual);
        boolean isLeftOpen = OF_ROWS.contains(left) || OF_ROWS.contains(right);
        boolean isBoth = !left.isEmpty() && !right.isEmpty();
        return isLeftOpen || isBoth
                ? null
                : Answers.difference(sql, withOneZero(expected), withOneZero(actual));
    }

    /// Of the two zeros, which are one key, a group shows any.
    private static List<String> withOneZero(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("(?<![^ ])-0\\.0(?![^ ])", "0.0"))
                .toList();
    }

    /// The name of a failure; empty where there is an answer.
    private static String failure(List<String> lines) {
        String first = lines.getFirst();
        return first.startsWith(Answers.ERROR) ? first.split(" ", -1)[1] : "";
    }
}
