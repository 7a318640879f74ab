// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each question of the catalogue over a small log with what it looks for, and with what it should
/// not be taken in by: the files `questions/NAME.test`, see [PlantedLog].
class PlantedQuestionsTest {
    private static final Path PLANTED = Path.of("src/test/resources/questions");
    private static final String SUFFIX = ".test";

    @TempDir Path directory;

    @TestFactory
    Stream<DynamicTest> findsWhatWasPlantedAndNotWhatLooksLikeIt() throws IOException {
        return plantedNames().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static List<String> plantedNames() throws IOException {
        try (Stream<Path> files = Files.list(PLANTED)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    private void check(String name) throws IOException {
        PlantedLog planted = PlantedLog.read(PLANTED.resolve(name + SUFFIX));
        List<String> both = new ArrayList<>(planted.positive());
        both.addAll(planted.nearMiss());
        assertEquals(planted.expected(), answer(name, planted, "both", both));
        assertEquals(
                planted.expected(),
                answer(name, planted, "positive", planted.positive()),
                "without the near miss the answer is the same");
        List<String> found = planted.expected().lines().skip(1).toList();
        assertFalse(found.isEmpty(), "something is found");
        List<String> missed =
                answer(name, planted, "near", planted.nearMiss()).lines().skip(1).toList();
        assertTrue(found.stream().noneMatch(missed::contains), "near miss alone: " + missed);
    }

    private String answer(String name, PlantedLog planted, String part, List<String> records)
            throws IOException {
        assertFalse(records.isEmpty(), part + ": there are no records");
        Path folder = Files.createDirectories(directory.resolve(name).resolve(part));
        Path log = Files.writeString(folder.resolve("flow.log"), planted.text(records));
        Path store = folder.resolve("store");
        CommandRun ingested =
                CommandRun.of("ingest", "--strict", "--json", "--store", store, log).ended(0);
        assertTrue(ingested.out().contains("\"records\":" + records.size() + ","), ingested.out());
        for (Map.Entry<String, String> context : planted.context().entrySet()) {
            Path file = Files.writeString(folder.resolve(context.getKey()), context.getValue());
            CommandRun.of("context", "add", "--store", store, file).ended(0);
        }
        List<Object> command = new ArrayList<>(List.of("ask", "--store", store, name));
        command.addAll(planted.arguments());
        return CommandRun.of(command.toArray()).ended(0).out();
    }
}
