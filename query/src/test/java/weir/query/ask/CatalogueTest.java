// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.query.sql.SqlParser;

class CatalogueTest {
    private static final Path FILES = Path.of("src/main/resources/weir/questions");
    private static final String QUESTION =
            """
            -- title: Ours
            -- theme: %s
            -- question: Which?
            -- means: Something.
            -- not: Anything.
            -- fields: start
            SELECT count(*) AS n FROM vpc_flow_logs
            """;

    @TempDir Path folder;

    @Test
    void theListNamesTheFiles() throws IOException {
        List<String> files;
        try (Stream<Path> found = Files.walk(FILES)) {
            files =
                    found.filter(file -> file.toString().endsWith(".sql"))
                            .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                            .map(file -> file.substring(0, file.length() - ".sql".length()))
                            .sorted()
                            .toList();
        }
        List<String> listed =
                Files.readAllLines(FILES.resolve("index.txt")).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .sorted()
                        .toList();
        assertEquals(files, listed);
        List<String> questions =
                Catalogue.builtIn().questions().stream()
                        .map(question -> question.guide().theme() + "/" + question.name())
                        .sorted()
                        .toList();
        assertEquals(files, questions);
    }

    @Test
    void questionsWithoutTheirFieldsLeadToOthers() {
        Catalogue catalogue = Catalogue.builtIn();
        for (Question question : catalogue.questions()) {
            String other = question.needs().otherwise();
            if (other != null) {
                assertTrue(catalogue.find(other) != null, question + " leads to " + other);
            }
        }
    }

    @Test
    void questionsAreOneStatementWithoutASemicolon() {
        for (Question question : Catalogue.builtIn().questions()) {
            Map<String, String> required = new HashMap<>();
            question.parameters().stream()
                    .filter(parameter -> parameter.defaultText() == null)
                    .forEach(parameter ->
                            required.put(parameter.name(), parameter.type().example()));
            String sql = question.sql(required, () -> 1_000_000);
            assertEquals(List.of(sql), SqlParser.split(sql), question.name());
        }
    }

    @Test
    void unknownNamesAreToldWithThoseThatAreNear() {
        AskException failure =
                assertThrows(AskException.class, () -> Catalogue.builtIn().question("port-scan"));
        assertEquals(
                "there is no question 'port-scan'; did you mean port-scans?", failure.getMessage());
        AskException other =
                assertThrows(AskException.class, () -> Catalogue.builtIn().question("quux"));
        assertEquals("there is no question 'quux'; weir ask lists them", other.getMessage());
    }

    @Test
    void aFolderAddsQuestionsAndReplacesThem() throws IOException {
        Files.createDirectories(folder.resolve("ours"));
        Files.writeString(folder.resolve("ours/how-many.sql"), QUESTION.formatted("ours"));
        Files.writeString(folder.resolve("port-scans.sql"), QUESTION.formatted("scanning"));
        Files.writeString(folder.resolve("notes.txt"), "no question");
        Files.writeString(folder.resolve(".hidden.sql"), "no question");
        Catalogue catalogue = Catalogue.builtIn().with(folder);
        assertEquals("Ours", catalogue.question("how-many").guide().title());
        assertEquals("Ours", catalogue.question("port-scans").guide().title());
        assertEquals(Catalogue.builtIn().questions().size() + 1, catalogue.questions().size());
        assertTrue(catalogue.themes().contains("ours"));
    }

    @Test
    void aFolderWithTwoOfOneNameIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/ours.sql"), QUESTION.formatted("ours"));
        Files.writeString(folder.resolve("ours.sql"), QUESTION.formatted("ours"));
        assertTrue(failure(folder).contains("the question ours stands in "), failure(folder));
    }

    @Test
    void whatIsNoFolderOrNoTextIsToldWithItsName() throws IOException {
        Path missing = folder.resolve("missing");
        assertTrue(failure(missing).startsWith(missing + ": expected a folder"));
        Files.write(folder.resolve("bytes.sql"), new byte[] {'-', '-', (byte) 0xff});
        assertTrue(failure(folder).contains("bytes.sql: the text is not UTF-8"));
        Files.writeString(folder.resolve("bytes.sql"), "-".repeat(QuestionFile.LENGTH_MAX + 1));
        assertTrue(failure(folder).contains("bytes.sql: a question has at most 65536 bytes"));
        Files.writeString(folder.resolve("bytes.sql"), "");
        assertTrue(failure(folder).contains("bytes.sql: there is no line '-- title: ...'"));
    }

    private static String failure(Path folder) {
        return Objects.requireNonNull(
                assertThrows(AskException.class, () -> Catalogue.builtIn().with(folder))
                        .getMessage());
    }
}
