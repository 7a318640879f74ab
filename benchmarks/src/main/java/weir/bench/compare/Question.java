// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One question of flow logs, in words that mean the same to both.
///
/// @param name what it asks
/// @param sql for Weir
/// @param duckDb for DuckDB, where addresses are text and absent texts NULL
record Question(String name, String sql, String duckDb) {
    private static final String HEAD = "-- ";
    private static final String OTHER_WORDS = "-- duckdb";

    /// The questions over a format of logs, `v2` or `v5`, in the order of their file.
    ///
    /// @param chosen what stands in place of words in braces
    static List<Question> of(String format, Map<String, String> chosen) {
        List<Question> questions = new ArrayList<>();
        for (String block : text("questions-" + format + ".sql").strip().split("\n\n", -1)) {
            String[] words = block.split("\n" + OTHER_WORDS + "\n", 2);
            String[] first = words[0].split("\n", 2);
            if (first.length == 1 || first[1].startsWith(HEAD)) {
                continue; // what the file is about
            }
            String sql = filled(first[1].strip(), chosen);
            String name = first[0].substring(HEAD.length());
            String duckDb = words.length == 1 ? sql : filled(words[1].strip(), chosen);
            questions.add(new Question(name, sql, duckDb));
        }
        return List.copyOf(questions);
    }

    private static String filled(String sql, Map<String, String> chosen) {
        String filled = sql;
        for (Map.Entry<String, String> word : chosen.entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue());
        }
        if (filled.contains("{")) {
            throw new IllegalStateException("a word in braces has no value: " + filled);
        }
        return filled;
    }

    private static String text(String resource) {
        try (InputStream input = Question.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
