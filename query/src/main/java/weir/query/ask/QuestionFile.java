// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.query.fault.NearWords;

/// Reads the text of a question:
///
/// ```sql
/// -- title: Port scans
/// -- theme: scanning
/// -- question: Which sources tried many ports of one host?
/// -- means: What an answer means,
/// --   which may go on in lines that are indented.
/// -- not: What it does not mean.
/// -- mitre: T1046
/// -- fields: srcaddr dstaddr dstport tcp_flags?
/// -- context: subnets?
/// -- else: rejected-ports
/// -- param: ports bigint = 20 | at least so many ports
/// SELECT ... HAVING count(DISTINCT dstport) >= :ports
/// ```
///
/// Behind a field or a table of context a `?` says that the answer is better with it, and there is
/// one without. `table` names the table where it is not `vpc_flow_logs`. A parameter without `=
/// value` has to be given.
final class QuestionFile {
    static final String TABLE_DEFAULT = "vpc_flow_logs";

    /// Most characters of a file: a question is read by people.
    static final int LENGTH_MAX = 1 << 16;

    private static final Set<String> KEYS =
            new LinkedHashSet<>(
                    List.of(
                            "title",
                            "theme",
                            "question",
                            "means",
                            "not",
                            "mitre",
                            "table",
                            "fields",
                            "context",
                            "else",
                            "param"));
    private static final List<String> REQUIRED =
            List.of("title", "theme", "question", "means", "not", "fields");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_-]*");
    private static final Pattern TECHNIQUE = Pattern.compile("T[0-9]{4}(\\.[0-9]{3})?");
    private static final Pattern ENTRY = Pattern.compile("-- ([a-z]+):(?: (.*))?");
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?<name>[a-z][a-z0-9_]*) +(?<type>[a-z]+) *(= ?(?<value>[^|]*))?\\|"
                            + " *(?<description>.+)");

    private final String name;
    private final String place;
    private final Map<String, List<String>> entries = new LinkedHashMap<>();

    private QuestionFile(String name, String place) {
        this.name = name;
        this.place = place;
    }

    /// The question `name`.
    ///
    /// @param place where the text stands, for people
    /// @throws AskException when it is no question, with the place
    static Question parse(String name, String place, String text) {
        return new QuestionFile(name, place).parse(text);
    }

    private Question parse(String text) {
        if (!NAME.matcher(name).matches()) {
            throw failure(
                    0,
                    "the name of a question is small letters, digits and single hyphens, not '"
                            + name
                            + "'");
        }
        List<String> lines = Arrays.asList(text.replace("\r\n", "\n").split("\n", -1));
        int line = 0;
        String key = null;
        while (line < lines.size() && lines.get(line).startsWith("--")) {
            key = readEntry(lines.get(line), ++line, key);
        }
        for (String required : REQUIRED) {
            if (!entries.containsKey(required)) {
                throw failure(0, "there is no line '-- " + required + ": ...'");
            }
        }
        String sql = String.join("\n", lines.subList(line, lines.size())).strip();
        SqlTemplate template = SqlTemplate.parse(sql);
        List<Parameter> parameters = entries("param").stream().map(this::parameter).toList();
        check(sql, template, parameters);
        return new Question(name, guide(), needs(), parameters, template);
    }

    /// @param number of the line, from 1
    /// @param last the key that the line may continue
    private String readEntry(String line, int number, @Nullable String last) {
        if (last != null && line.startsWith("--   ")) {
            List<String> values = entries.getOrDefault(last, new ArrayList<>());
            values.addLast((values.removeLast() + " " + line.substring(2).strip()).strip());
            return last;
        }
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw failure(
                    number,
                    "expected '-- key: value', or '--   ' and more of the value above, before"
                            + " the SQL");
        }
        String key = entry.group(1);
        if (!KEYS.contains(key)) {
            List<String> near = NearWords.of(key, KEYS);
            throw failure(
                    number,
                    "there is no key '"
                            + key
                            + "'; "
                            + (near.isEmpty()
                                    ? "keys are " + String.join(", ", KEYS)
                                    : "did you mean " + String.join(" or ", near) + "?"));
        }
        List<String> values = entries.computeIfAbsent(key, _ -> new ArrayList<>());
        if (!values.isEmpty() && !key.equals("param")) {
            throw failure(number, "a second '" + key + "'");
        }
        values.add(entry.group(2) == null ? "" : entry.group(2).strip());
        return key;
    }

    private Guide guide() {
        List<String> mitre = words("mitre");
        for (String technique : mitre) {
            if (!TECHNIQUE.matcher(technique).matches()) {
                throw failure(0, "expected a technique as T1046 or T1110.001, not " + technique);
            }
        }
        String theme = value("theme");
        if (!NAME.matcher(theme).matches()) {
            throw failure(0, "a theme is one word of small letters, not '" + theme + "'");
        }
        return new Guide(
                value("title"), theme, value("question"), value("means"), value("not"), mitre);
    }

    private Needs needs() {
        String table = entries.containsKey("table") ? value("table") : TABLE_DEFAULT;
        String otherwise = entries.containsKey("else") ? value("else") : null;
        if (otherwise != null && !NAME.matcher(otherwise).matches()) {
            throw failure(0, "'else' is the name of a question, not '" + otherwise + "'");
        }
        return new Needs(
                table,
                names("fields", false),
                names("fields", true),
                names("context", false),
                names("context", true),
                otherwise);
    }

    /// The names of a list that are needed, or those with a `?`.
    private List<String> names(String key, boolean isOptional) {
        List<String> names = new ArrayList<>();
        for (String word : words(key)) {
            boolean isMarked = word.endsWith("?");
            String bare = isMarked ? word.substring(0, word.length() - 1) : word;
            if (!WORD.matcher(bare).matches()) {
                throw failure(0, "'" + word + "' in '" + key + "' is no name of a column or table");
            }
            if (isMarked == isOptional) {
                names.add(bare);
            }
        }
        return names;
    }

    private Parameter parameter(String text) {
        Matcher parts = PARAMETER.matcher(text);
        if (!parts.matches()) {
            throw failure(
                    0,
                    "expected '-- param: name type = default | what it is' (or without '= default'"
                            + " where it has to be given), not '"
                            + text
                            + "'");
        }
        ParameterType type = ParameterType.named(parts.group("type"));
        if (type == null) {
            throw failure(
                    0,
                    "there is no type '"
                            + parts.group("type")
                            + "'; types are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(ParameterType.values())
                                            .map(ParameterType::sqlName)
                                            .toList()));
        }
        String value = parts.group("value");
        Parameter parameter =
                new Parameter(
                        parts.group("name"),
                        type,
                        value == null ? null : value.strip(),
                        parts.group("description").strip());
        if (parameter.defaultText() != null) {
            try {
                parameter.literal(parameter.defaultText(), () -> 0);
            } catch (AskException e) {
                throw failure(0, "the default " + e.getMessage());
            }
        }
        return parameter;
    }

    private void check(String sql, SqlTemplate template, List<Parameter> parameters) {
        if (sql.isEmpty()) {
            throw failure(0, "there is no SQL below the lines '-- key: value'");
        }
        Set<String> declared = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            if (!declared.add(parameter.name())) {
                throw failure(0, "two parameters are called '" + parameter.name() + "'");
            }
        }
        for (String used : template.names()) {
            if (!declared.contains(used)) {
                throw failure(0, "the SQL has ':" + used + "', and there is no such 'param'");
            }
        }
        declared.removeAll(template.names());
        if (!declared.isEmpty()) {
            throw failure(0, "the SQL does not use the parameter " + String.join(", ", declared));
        }
    }

    private List<String> entries(String key) {
        return entries.getOrDefault(key, List.of());
    }

    private String value(String key) {
        List<String> values = entries(key);
        if (values.isEmpty() || values.getFirst().isEmpty()) {
            throw failure(0, "'" + key + "' has no value");
        }
        return values.getFirst();
    }

    private List<String> words(String key) {
        List<String> values = entries(key);
        return values.isEmpty() || values.getFirst().isEmpty()
                ? List.of()
                : List.of(values.getFirst().split("[ ,]+"));
    }

    /// @param line from 1; 0 when no line is to blame
    private AskException failure(int line, String message) {
        return new AskException(
                AskException.Reason.BAD_FILE,
                place + (line > 0 ? ":" + line : "") + ": " + message);
    }
}
