// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.testkit.generate.FlowLogGenerator;

class QuestionsTest {

    private static final List<Question> ALL = Questions.over(table());

    @TempDir Path folder;

    private static ReferenceTable table() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FlowLogGenerator.writeTo(Questions.options(50_000), out);
        } catch (IOException e) {
            throw new AssertionError("memory refused a write", e);
        }
        return ReferenceTable.ofText(out.toString(StandardCharsets.US_ASCII));
    }

    static List<Question> questions() {
        return ALL;
    }

    @Test
    void thereAreManyAndEachHasItsOwnName() {
        assertTrue(ALL.size() >= 16, ALL.size() + " questions");
        Set<String> names = new HashSet<>();
        ALL.forEach(question -> assertTrue(names.add(question.name()), question.name()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionHasAnAnswerOfItsColumns(Question question) {
        List<List<String>> rows = question.expected();
        assertFalse(rows.isEmpty(), question.sql());
        rows.forEach(row -> assertEquals(question.columns().size(), row.size()));
        assertNull(question.difference(rows));
        assertTrue(question.sql().contains(" FROM vpc_flow_logs"), question.sql());
    }

    @Test
    void doublesMayDifferInTheLastDigitsAndNothingElse() {
        Question question =
                new Question(
                        "shares",
                        "SELECT ...",
                        List.of("name", "share"),
                        List.of(1),
                        () ->
                                ReferenceTable.ofText("srcaddr\n1.1.1.1\n")
                                        .select(row -> row.text("srcaddr"), row -> 0.1));
        assertNull(question.difference(List.of(List.of("1.1.1.1", "0.10000000000000002"))));
        assertEquals(
                "shares: row 0 is [1.1.1.1, 0.11], expected [1.1.1.1, 0.1]",
                question.difference(List.of(List.of("1.1.1.1", "0.11"))));
        assertNotNull(question.difference(List.of(List.of("1.1.1.1", ""))));
        assertNotNull(question.difference(List.of(List.of("1.1.1.2", "0.1"))));
        assertEquals("shares: 0 rows, expected 1", question.difference(List.of()));
    }

    @Test
    void anEmptyTableIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Questions.over(ReferenceTable.ofText("")));
    }

    @Test
    @Tag("slow")
    void aMillionRowsFitAndAnswer() throws IOException {
        Path file = folder.resolve("million.log.gz");
        FlowLogGenerator.writeFile(Questions.options(1_000_000).withGzip(true), file);
        ReferenceTable million = ReferenceTable.read(file);
        assertEquals(1_000_000, million.size());
        for (Question question : Questions.over(million)) {
            assertFalse(question.expected().isEmpty(), question.name());
        }
    }
}
