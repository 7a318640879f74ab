// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where files of questions are found: in the program, as its list `index.txt` names them, since a
/// jar cannot be looked through as a folder; and in folders.
final class QuestionSource {
    private static final String PROGRAM = "/weir/questions/";
    private static final String SUFFIX = ".sql";
    private static final int FILES_MAX = 1000;
    private static final int DEPTH_MAX = 4;

    private QuestionSource() {}

    /// The questions of the program, in the order of its list: a line `THEME/NAME` for each.
    static List<Question> ofProgram() {
        List<Question> questions = new ArrayList<>();
        for (String line : resource("index.txt").split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String file = line.strip() + SUFFIX;
                questions.add(QuestionFile.parse(name(Path.of(file)), file, resource(file)));
            }
        }
        return questions;
    }

    private static String resource(String file) {
        try (InputStream stream = QuestionSource.class.getResourceAsStream(PROGRAM + file)) {
            if (stream == null) {
                throw new IllegalStateException(PROGRAM + file + " is not in the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The questions of `folder`, in the order of their paths.
    static List<Question> ofFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new AskException(
                    AskException.Reason.BAD_FILE,
                    folder + ": expected a folder with questions, files NAME" + SUFFIX);
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder, DEPTH_MAX)) {
            files =
                    found.filter(QuestionSource::isQuestion)
                            .limit(FILES_MAX + 1L)
                            .sorted()
                            .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new AskException(
                    AskException.Reason.BAD_FILE,
                    folder + ": cannot be listed: " + e.getMessage(),
                    e);
        }
        if (files.size() > FILES_MAX) {
            throw new AskException(
                    AskException.Reason.BAD_FILE,
                    folder + ": has more than " + FILES_MAX + " questions");
        }
        Map<String, Path> byName = new HashMap<>();
        List<Question> questions = new ArrayList<>();
        for (Path file : files) {
            Path other = byName.put(name(file), file);
            if (other != null) {
                throw new AskException(
                        AskException.Reason.BAD_FILE,
                        file + ": the question " + name(file) + " stands in " + other + " too");
            }
            questions.add(QuestionFile.parse(name(file), file.toString(), text(file)));
        }
        return questions;
    }

    private static boolean isQuestion(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static String text(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(QuestionFile.LENGTH_MAX + 1);
            if (bytes.length > QuestionFile.LENGTH_MAX) {
                throw new AskException(
                        AskException.Reason.BAD_FILE,
                        file + ": a question has at most " + QuestionFile.LENGTH_MAX + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new AskException(
                    AskException.Reason.BAD_FILE, file + ": the text is not UTF-8; convert it", e);
        } catch (IOException e) {
            throw new AskException(
                    AskException.Reason.BAD_FILE, file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
