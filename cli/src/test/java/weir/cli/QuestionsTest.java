// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.reference.Question;
import weir.testkit.reference.Questions;
import weir.testkit.reference.ReferenceTable;

/// Generated logs, collected, and each question answered as a row-by-row reference answers it.
class QuestionsTest {
    @TempDir Path directory;

    @Test
    void fiftyThousandRecordsAnswerAsTheReferenceDoes() throws IOException {
        compare(50_000);
    }

    @Test
    @Tag("slow")
    void aMillionRecordsAnswerAsTheReferenceDoes() throws IOException {
        compare(1_000_000);
    }

    private void compare(long records) throws IOException {
        GeneratorOptions options =
                Questions.options(records).withSeed(Long.getLong("seed", 20261123));
        Path log = directory.resolve("v5.log");
        FlowLogGenerator.writeFile(options, log);
        Path store = directory.resolve("store");
        CommandRun.of("ingest", "--strict", "--store", store, log).ended(0);
        List<Question> questions = Questions.over(ReferenceTable.read(log));
        assertTrue(questions.size() >= 15, "only " + questions.size() + " questions");
        List<String> differences = new ArrayList<>();
        for (Question question : questions) {
            String difference = difference(question, store);
            if (!difference.isEmpty()) {
                differences.add(difference + "\n    " + question.sql());
            }
        }
        assertEquals(
                "", String.join("\n", differences), "seed " + options.seed() + " (-Dseed=...)");
    }

    private static String difference(Question question, Path store) {
        CommandRun run = CommandRun.of("query", "--store", store, question.sql());
        if (run.code() != 0) {
            return question.name() + ": " + run.err().strip();
        }
        List<List<String>> table = CsvText.parse(run.out());
        if (!table.getFirst().equals(question.columns())) {
            return question.name() + ": columns " + table.getFirst();
        }
        String found = question.difference(table.subList(1, table.size()));
        return found == null ? "" : found;
    }
}
