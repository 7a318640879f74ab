// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import weir.ingest.record.FlowField;
import weir.query.ask.Catalogue;
import weir.query.ask.Needs;
import weir.query.ask.Question;

/// Questions name every field that their SQL reads, so that logs without it are told so.
class QuestionFieldsTest {
    private static final Pattern WORD = Pattern.compile("(?<![:\\w.'])(?:([a-z])\\.)?([a-z_]+)\\b");

    /// Records with the letter that stands for them.
    private static final Pattern ALIAS =
            Pattern.compile("(?:FROM|JOIN) (?:vpc_flow_logs|flows) ([a-z])\\b");

    @Test
    void everyFieldIsDeclared() {
        Set<String> all =
                java.util.Arrays.stream(FlowField.values())
                        .map(field -> field.column().name())
                        .collect(Collectors.toSet());
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Question question : Catalogue.builtIn().questions()) {
            Needs needs = question.needs();
            if (!needs.table().equals("vpc_flow_logs")) {
                continue;
            }
            Set<String> read = new TreeSet<>();
            String sql =
                    question.sql(values(question), () -> 0)
                            .replaceAll("--[^\n]*", "")
                            .replaceAll("'[^']*'", "''");
            Set<String> ofRecords = new TreeSet<>();
            ALIAS.matcher(sql).results().forEach(table -> ofRecords.add(table.group(1)));
            Matcher words = WORD.matcher(sql);
            while (words.find()) {
                if (words.group(1) == null || ofRecords.contains(words.group(1))) {
                    read.add(words.group(2));
                }
            }
            read.retainAll(all);
            read.removeAll(needs.fields());
            read.removeAll(needs.betterWith());
            if (!read.isEmpty()) {
                missing.put(question.name(), read);
            }
        }
        assertEquals(Map.of(), missing);
    }

    private static Map<String, String> values(Question question) {
        return question.parameters().stream()
                .filter(parameter -> parameter.defaultText() == null)
                .collect(Collectors.toMap(p -> p.name(), p -> p.type().example()));
    }
}
