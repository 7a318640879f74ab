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

/// What a question is tried on: rows that it has to find, rows that look alike and are not to be
/// found, others around them, and the answer. A file of `questions/*.test`:
///
/// ```
/// # what is planted
/// values: ports=20
/// log: srcaddr dstaddr start
/// positive:
/// 20 x 203.0.113.9 10.0.0.5 @{5+i*3}
/// near-miss:
/// 203.0.113.8 10.0.0.5 @5
/// other:
/// table subnets: cidr,name
/// other subnets:
/// 10.0.0.0/16,shop
/// answer:
/// source,records
/// ```
///
/// `20 x` repeats a row, for which `{5+i*3}` counts; `@5` is a time, so many seconds behind the
/// first of November 2026.
record PlantedLog(
        List<String> values,
        Map<String, String> headers,
        Map<String, List<String>> rows,
        List<String> answer,
        List<String> lines) {
    static final String POSITIVE = "positive";
    static final String NEAR_MISS = "near-miss";

    /// The name of the table that is a log and no file of a table.
    private static final String LOG = "log";

    private static final long START = 1_793_491_200L;
    private static final Pattern SECTION =
            Pattern.compile("(values|log|table|positive|near-miss|other|answer)( \\w+)?:(.*)");
    private static final Pattern REPEATED = Pattern.compile("(\\d+) x (.*)");
    private static final Pattern COUNTED = Pattern.compile("\\{(?:(\\d+)\\+)?i(?:\\*(\\d+))?}");
    private static final Pattern TIME = Pattern.compile("@(\\d+)");

    static PlantedLog read(Path file) throws IOException {
        PlantedLog planted =
                new PlantedLog(
                        new ArrayList<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new ArrayList<>(),
                        Files.readAllLines(file));
        String section = "";
        for (String line : planted.lines) {
            Matcher header = SECTION.matcher(line);
            if (header.matches()) {
                section = planted.begin(header);
            } else if (section.equals("answer")) {
                planted.answer.add(line);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                List<String> rows = planted.rows.get(section);
                if (rows == null) {
                    throw new IOException(file + ": no section for the row " + line);
                }
                rows.addAll(repeated(line));
            }
        }
        return planted;
    }

    private String begin(Matcher header) {
        String kind = header.group(1);
        String table = header.group(2) == null ? LOG : header.group(2).strip();
        String rest = header.group(3).strip();
        switch (kind) {
            case "values" ->
                    values.addAll(rest.isEmpty() ? List.of() : List.of(rest.split(" ", -1)));
            case "log", "table" -> headers.put(table, rest);
            case "answer" -> {
                return kind;
            }
            default -> rows.computeIfAbsent(kind + " " + table, _ -> new ArrayList<>());
        }
        return kind + " " + table;
    }

    private static List<String> repeated(String line) {
        Matcher repetition = REPEATED.matcher(line);
        List<String> rows = new ArrayList<>();
        int times = repetition.matches() ? Integer.parseInt(repetition.group(1)) : 1;
        String row = repetition.matches() ? repetition.group(2) : line;
        for (int i = 0; i < times; i++) {
            rows.add(filled(row, i));
        }
        return rows;
    }

    private static String filled(String row, int i) {
        String counted =
                COUNTED.matcher(row)
                        .replaceAll(found ->
                                Long.toString(
                                        number(found.group(1), 0) + i * number(found.group(2), 1)));
        return TIME.matcher(counted)
                .replaceAll(found -> Long.toString(START + Long.parseLong(found.group(1))));
    }

    private static long number(String text, long otherwise) {
        return text == null ? otherwise : Long.parseLong(text);
    }

    boolean has(String kind) {
        return rows.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().startsWith(kind + " ") && !entry.getValue().isEmpty());
    }

    /// Writes the tables without the rows of one kind and gives the words of a command that asks
    /// `question` of them.
    ///
    /// @param without a kind of rows; empty for none
    List<Object> command(String question, Path folder, String without) throws IOException {
        List<Object> words = new ArrayList<>(List.of("ask", question));
        words.addAll(values);
        words.addAll(List.of("--format", "csv"));
        for (Map.Entry<String, String> table : headers.entrySet()) {
            List<String> text = new ArrayList<>(List.of(table.getValue()));
            rows.forEach((section, found) -> {
                String[] kindAndTable = section.split(" ", -1);
                if (kindAndTable[1].equals(table.getKey()) && !kindAndTable[0].equals(without)) {
                    text.addAll(found);
                }
            });
            boolean isLog = table.getKey().equals(LOG);
            Path file = folder.resolve(table.getKey() + (isLog ? ".log" : ".csv"));
            Files.write(file, text);
            words.addAll(
                    isLog
                            ? List.of("--from", file)
                            : List.of("--table", table.getKey() + "=" + file));
        }
        return words;
    }
}
