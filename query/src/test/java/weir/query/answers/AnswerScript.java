// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file of statements and answers, in blocks with an empty line between:
///
/// ```text
/// # why it is asked
/// > SELECT name, pay / 2 AS half
/// > FROM people
/// name varchar | half decimal(13,2)
/// Ada | 50.25
/// #! weir: where and why Weir answers otherwise, and below it Weir's own answer
/// ERROR UNSUPPORTED 1:14
/// ```
///
/// The answer is written by Trino, all above `#! weir:`; what stands below is Weir's own.
///
/// @param file where it stands
/// @param steps its blocks, in order
public record AnswerScript(Path file, List<Step> steps) {
    private static final String SQL = "> ";
    private static final String OWN = "#! weir: ";

    /// One block.
    ///
    /// @param comments the lines above the statement
    /// @param sql the statement; empty where there are only comments
    /// @param expected the lines of Trino's answer
    /// @param reason why Weir answers otherwise; null where it does not
    /// @param own the lines of Weir's answer, where there is a reason
    public record Step(
            List<String> comments,
            String sql,
            List<String> expected,
            @Nullable String reason,
            List<String> own) {
        /// What Weir has to answer.
        public List<String> expectedOfWeir() {
            return reason == null ? expected : own;
        }

        /// The same with another answer of Trino's.
        public Step withExpected(List<String> lines) {
            return new Step(comments, sql, lines, reason, own);
        }

        /// The same with another answer of Weir's own.
        public Step withOwn(List<String> lines) {
            return new Step(comments, sql, expected, reason, lines);
        }
    }

    /// Every script below `directory`, by name.
    public static List<AnswerScript> all(Path directory) throws IOException {
        List<AnswerScript> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                scripts.add(of(file, Files.readString(file)));
            }
        }
        return scripts;
    }

    /// The script that a text is.
    static AnswerScript of(Path file, String text) {
        List<Step> steps = new ArrayList<>();
        for (String block : text.strip().split("\n\\s*\n", -1)) {
            steps.add(step(block.strip().split("\n", -1)));
        }
        return new AnswerScript(file, steps);
    }

    private static Step step(String[] lines) {
        List<String> comments = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> own = new ArrayList<>();
        String reason = null;
        for (String line : lines) {
            if (line.startsWith(OWN)) {
                reason = line.substring(OWN.length());
            } else if (line.startsWith(SQL)) {
                sql.add(line.substring(SQL.length()));
            } else if (line.startsWith("#")) {
                comments.add(line);
            } else {
                (reason == null ? expected : own).add(line);
            }
        }
        return new Step(comments, String.join("\n", sql), expected, reason, own);
    }

    /// The same file with other steps.
    public AnswerScript withSteps(List<Step> others) {
        return new AnswerScript(file, others);
    }

    /// Writes the file.
    public void write() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(text.isEmpty() ? "" : "\n");
            step.comments().forEach(line -> text.append(line).append('\n'));
            if (!step.sql().isEmpty()) {
                step.sql().lines().forEach(line -> text.append(SQL).append(line).append('\n'));
            }
            step.expected().forEach(line -> text.append(line).append('\n'));
            if (step.reason() != null) {
                text.append(OWN).append(step.reason()).append('\n');
                step.own().forEach(line -> text.append(line).append('\n'));
            }
        }
        Files.writeString(file, text);
    }
}
