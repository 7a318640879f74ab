// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import weir.query.function.Definition;
import weir.query.function.FunctionLibrary;

/// `docs/FUNCTIONS.md` lists the functions there are, no more and no fewer. `-Dgolden.write=1`
/// writes it.
class FunctionDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/FUNCTIONS.md");

    /// One line of the list.
    private record Line(Definition.Kind kind, String call, String result, String description) {}

    @Test
    void theDocumentListsEveryFunction() throws IOException {
        String expected = document();
        if (System.getProperty("golden.write") != null) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(expected, Files.readString(DOCUMENT));
    }

    private static String document() {
        FunctionRegistry registry = FunctionRegistry.instance();
        List<Line> lines =
                Stream.concat(
                                registry.scalars().stream()
                                        .map(f ->
                                                new Line(
                                                        f.kind(),
                                                        call(f.name(), f.arguments()),
                                                        f.result(),
                                                        f.description())),
                                FunctionLibrary.instance().all().stream()
                                        .map(f ->
                                                new Line(
                                                        f.kind(),
                                                        call(f.name(), f.signature().text()),
                                                        f.resultText(),
                                                        f.description())))
                        .sorted(Comparator.comparing(Line::call))
                        .toList();
        StringBuilder text = new StringBuilder(HEAD);
        for (Definition.Kind kind : Definition.Kind.values()) {
            List<Line> ofKind = lines.stream().filter(line -> line.kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                text.append("\n## ").append(kind.title()).append("\n\n").append(TABLE);
                Set<Line> once = new LinkedHashSet<>(ofKind);
                once.forEach(
                        line -> text.append(row(line.call(), line.result(), line.description())));
            }
        }
        text.append("\n## Arrays, maps and rows\n\n").append(TABLE);
        Set<String> collections = new TreeSet<>();
        CollectionFunctions.instance()
                .all()
                .forEach(f ->
                        collections.add(
                                row(call(f.name(), f.arguments()), f.result(), f.description())));
        collections.forEach(text::append);
        text.append("\n## Aggregates\n\n").append(TABLE);
        Set<String> rows = new TreeSet<>();
        registry.aggregates()
                .forEach(f ->
                        rows.add(row(call(f.name(), f.arguments()), f.result(), f.description())));
        rows.forEach(text::append);
        return text.toString();
    }

    private static final String HEAD =
            Stream.of(
                            "# Functions",
                            "",
                            "Trino's names, types, results and errors; (own) marks those that Trino"
                                    + " 483 lacks. `SHOW FUNCTIONS`",
                            "gives the same list. [SQL.md](SQL.md) says what else runs: CASE,"
                                    + " COALESCE, NULLIF, IF, TRY,",
                            "CAST, EXTRACT and the operators. The list is written by a test from"
                                    + " the definitions.")
                    .collect(Collectors.joining("\n", "", "\n"));

    /// What Trino 483 does not have, or not any more.
    private static final Set<String> OWN =
            Set.of(
                    "address_class",
                    "address_number",
                    "aws_service_of",
                    "btrim",
                    "entropy",
                    "interface_number",
                    "ip_prefix",
                    "ip_subnet_max",
                    "ip_subnet_min",
                    "ip_subnet_range",
                    "ip_version",
                    "is_nat_interface",
                    "is_private",
                    "is_subnet_of",
                    "name_of",
                    "owner_of",
                    "protocol_name",
                    "service_name",
                    "subnet_of",
                    "tcp_flags_text",
                    "traffic_path_name");

    private static final String TABLE = "| function | gives | what |\n|---|---|---|\n";

    private static String call(String name, String arguments) {
        return name + "(" + arguments + ")";
    }

    private static String row(String call, String result, String description) {
        String own = OWN.contains(call.substring(0, call.indexOf('('))) ? " (own)" : "";
        String what = description.replace("|", "\\|") + own;
        return "| `" + call + "` | " + result + " | " + what + " |\n";
    }
}
