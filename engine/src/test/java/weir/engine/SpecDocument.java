// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `docs/SEGMENT_FORMAT.md` as data: what stands under each heading, tables and hex examples.
public final class SpecDocument {
    private static final Pattern LINE =
            Pattern.compile(" *(\\d+)  ([0-9a-f]{2}(?: [0-9a-f]{2})*)(?: x (\\d+))?(?:  +(.*))?");

    /// Values of an example that come again and again, then more of them.
    private static final Pattern REPEATED = Pattern.compile("\\(([^)]*)\\) x (\\d+), ");

    private final Map<String, Section> sections = new LinkedHashMap<>();

    /// Rows of the tables of a section, and its examples.
    private record Section(List<List<String>> rows, List<Example> examples) {}

    /// Some bytes with a name, as one line of an example or several shows them.
    ///
    /// @param offset of the first
    public record Field(int offset, String name, byte[] bytes) {}

    /// A block of hex.
    ///
    /// @param heads the lines before the bytes, such as `1, 2 x 3` or `(1, 2) x 3, 4`
    /// @param fields in order, without gaps between them
    public record Example(List<String> heads, List<Field> fields) {
        /// All bytes.
        public byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            fields.forEach(field -> bytes.writeBytes(field.bytes));
            return bytes.toByteArray();
        }

        /// What stands behind the last colon of the head that begins with `start`, or in the first.
        public List<String> values(String start) {
            String head =
                    heads.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
            Matcher repeated = REPEATED.matcher(head.substring(start.length()));
            List<String> values = new ArrayList<>();
            while (repeated.lookingAt()) {
                for (int i = Integer.parseInt(repeated.group(2)); i > 0; i--) {
                    values.addAll(items(repeated.group(1)));
                }
                repeated.region(repeated.end(), repeated.regionEnd());
            }
            values.addAll(items(head.substring(start.length()).substring(repeated.regionStart())));
            return values;
        }

        private static List<String> items(String list) {
            List<String> values = new ArrayList<>();
            for (String item : list.split(", ", 0)) {
                String[] parts = item.split(" x ", 0);
                int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
                for (int i = 0; i < times; i++) {
                    values.add(parts[0]);
                }
            }
            return values;
        }

        /// The same as numbers.
        public long[] numbers(String start) {
            return values(start).stream().mapToLong(Long::parseLong).toArray();
        }

        /// The codes of `column 0` and on.
        public List<long[]> columns() {
            List<long[]> columns = new ArrayList<>();
            while (heads.size() > columns.size() + 1) {
                columns.add(numbers("column " + columns.size() + ": "));
            }
            return columns;
        }
    }

    /// The document as it stands.
    public static SpecDocument read() {
        SpecDocument document = new SpecDocument();
        document.parse(lines());
        return document;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(top().resolve("docs/SEGMENT_FORMAT.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The top of the repository.
    public static Path top() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/SEGMENT_FORMAT.md"))) {
            directory = Objects.requireNonNull(directory.getParent(), "outside the repository");
        }
        return directory;
    }

    private void parse(List<String> lines) {
        Section section = new Section(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                section = new Section(new ArrayList<>(), new ArrayList<>());
                sections.put(line.replaceFirst("#+ ", ""), section);
            } else if (line.startsWith("| ") && !lines.get(i + 1).startsWith("|--")) {
                String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
                section.rows.add(Arrays.stream(cells).map(String::strip).toList());
            } else if (line.equals("```hex")) {
                int end = i + lines.subList(i, lines.size()).indexOf("```");
                section.examples.add(example(lines.subList(i + 1, end)));
                i = end;
            }
        }
    }

    private static Example example(List<String> lines) {
        List<String> heads = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                assertTrue(fields.isEmpty(), "no line of hex: " + line);
                heads.add(line);
                continue;
            }
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(matcher.group(2));
            if (matcher.group(3) != null) {
                byte value = bytes[0];
                bytes = new byte[Integer.parseInt(matcher.group(3))];
                Arrays.fill(bytes, value);
            }
            String name = matcher.group(4).split("  +", 0)[0];
            add(fields, new Field(Integer.parseInt(matcher.group(1)), name, bytes), line);
        }
        return new Example(heads, fields);
    }

    /// A line that goes on where the line before it ended, with the same name, is the same field.
    private static void add(List<Field> fields, Field field, String line) {
        if (!fields.isEmpty()) {
            Field last = fields.getLast();
            assertEquals(last.offset + last.bytes.length, field.offset, "the offset of " + line);
            if (last.name.equals(field.name)) {
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(last.bytes);
                both.writeBytes(field.bytes);
                fields.removeLast();
                fields.add(new Field(last.offset, last.name, both.toByteArray()));
                return;
            }
        }
        fields.add(field);
    }

    /// The headings.
    public Set<String> headings() {
        return sections.keySet();
    }

    /// The rows of the tables under `heading`, without their heads.
    public List<List<String>> rows(String heading) {
        return section(heading).rows;
    }

    /// The examples under `heading`.
    public List<Example> examples(String heading) {
        return section(heading).examples;
    }

    private Section section(String heading) {
        return Objects.requireNonNull(sections.get(heading), "no heading " + heading);
    }

    /// Checks that `fields` are what the table under `heading` says: the same names in the same
    /// order, each at the offset and of the size it gives. Fields whose size is no number may be
    /// empty.
    public void checkFields(String heading, List<Field> fields) {
        int next = 0;
        int from = fields.getFirst().offset;
        for (List<String> row : rows(heading)) {
            Field field = next < fields.size() ? fields.get(next) : null;
            String where = heading + ", " + row.get(2);
            boolean isSized = row.get(1).matches("\\d+");
            if (field == null || !field.name.equals(row.get(2))) {
                assertTrue(!isSized, () -> where + " is not in the example");
                continue;
            }
            next++;
            if (!row.get(0).isEmpty()) {
                assertEquals(Integer.parseInt(row.get(0)), field.offset - from, where);
            }
            if (isSized) {
                assertEquals(Integer.parseInt(row.get(1)), field.bytes.length, where);
            }
        }
        assertEquals(
                fields.size(),
                next,
                () ->
                        heading
                                + " has no such fields: "
                                + fields.stream().map(Field::name).toList());
    }
}
