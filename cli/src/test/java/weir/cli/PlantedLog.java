// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A small log with something planted in it for a question to find, and something that only looks
/// like it. Read from a file of sections:
///
/// ```text
/// [ask] ports=20
/// [fields] srcaddr dstaddr dstport ...
/// [positive] what it is, in words
/// x25 203.0.113.9 10.0.0.1 {i} ...
/// [near miss] what it is, and why it is none
/// x19 203.0.113.8 10.0.0.1 {i} ...
/// [context subnets.csv]
/// ...
/// [expected]
/// source,host,ports
/// 203.0.113.9,10.0.0.1,25
/// ```
///
/// `x25` in front makes 25 records of a line. In `{...}` stands a sum of numbers, `i` (1 to 25),
/// multiples of it (`60*i`) and `t`, which is [#START].
///
/// @param arguments what is asked behind the question's name
/// @param fields the header of the log
/// @param positive the records to be found
/// @param nearMiss the records not to be found
/// @param context files by name
/// @param expected the answer as CSV, with its header
record PlantedLog(
        List<String> arguments,
        String fields,
        List<String> positive,
        List<String> nearMiss,
        Map<String, String> context,
        String expected) {
    /// 2026-11-01 00:00:00 UTC.
    static final long START = 1_793_491_200L;

    private static final Pattern SECTION = Pattern.compile("\\[([a-z ]+?)( \\S+\\.\\S+)?](.*)");
    private static final Pattern TIMES = Pattern.compile("x([0-9]+) (.*)");
    private static final Pattern SUM = Pattern.compile("\\{([^}]*)}");

    /// Reads the file.
    ///
    /// @throws IllegalArgumentException when it has not what a planted log has
    static PlantedLog read(Path file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> context = new LinkedHashMap<>();
        StringBuilder lines = new StringBuilder();
        String section = "";
        for (String line : Files.readAllLines(file)) {
            Matcher head = SECTION.matcher(line);
            if (head.matches()) {
                keep(section, lines.toString(), texts, context);
                section = head.group(1) + (head.group(2) == null ? "" : head.group(2));
                boolean isText = section.equals("ask") || section.equals("fields");
                if (!isText && (section.equals("positive") || section.equals("near miss"))) {
                    require(!head.group(3).isBlank(), file, section + ": say what it is");
                }
                lines.setLength(0);
                lines.append(isText ? head.group(3).strip() + "\n" : "");
            } else if (!line.startsWith("#") && !line.isBlank()) {
                lines.append(line).append('\n');
            }
        }
        keep(section, lines.toString(), texts, context);
        for (String name : List.of("fields", "positive", "near miss", "expected")) {
            require(texts.containsKey(name), file, "there is no [" + name + "]");
        }
        return new PlantedLog(
                words(texts.getOrDefault("ask", "")),
                String.join(" ", words(texts.getOrDefault("fields", ""))),
                records(texts.getOrDefault("positive", "")),
                records(texts.getOrDefault("near miss", "")),
                context,
                texts.getOrDefault("expected", ""));
    }

    private static void keep(
            String section, String lines, Map<String, String> texts, Map<String, String> context) {
        if (section.startsWith("context ")) {
            context.put(section.substring(8), lines);
        } else if (texts.put(section, lines) != null) {
            throw new IllegalArgumentException("[" + section + "] stands there twice");
        }
    }

    private static void require(boolean holds, Path file, String message) {
        if (!holds) {
            throw new IllegalArgumentException(file + ": " + message);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    private static List<String> records(String text) {
        List<String> records = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher times = TIMES.matcher(line);
            boolean isMany = times.matches();
            int count = isMany ? Integer.parseInt(times.group(1)) : 1;
            String record = isMany ? times.group(2) : line;
            for (int i = 1; i <= count && !record.isBlank(); i++) {
                long number = i;
                records.add(SUM.matcher(record).replaceAll(sum -> "" + sum(sum.group(1), number)));
            }
        }
        return records;
    }

    private static long sum(String text, long i) {
        long sum = 0;
        for (String term : text.split("\\+", -1)) {
            long product = 1;
            for (String factor : term.strip().split("\\*", -1)) {
                product *=
                        switch (factor) {
                            case "i" -> i;
                            case "t" -> START;
                            default -> Long.parseLong(factor);
                        };
            }
            sum += product;
        }
        return sum;
    }

    /// The log as delivered: the header, and these records.
    String text(List<String> records) {
        return fields
                + "\n"
                + records.stream().map(record -> record + "\n").collect(Collectors.joining());
    }
}
