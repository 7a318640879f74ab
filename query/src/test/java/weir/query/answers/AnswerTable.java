// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table that scripts ask, as its file says it: a line `name type | name type | ...`, then the
/// rows. A column marked `hidden` is not in `SELECT *`.
///
/// @param name what SQL calls it
/// @param columns its columns
/// @param rows the text of each value, null for NULL
public record AnswerTable(
        String name, List<TableColumn> columns, List<List<@Nullable String>> rows) {

    /// A column.
    ///
    /// @param name what SQL calls it
    /// @param type Trino's name of its type
    /// @param isHidden whether it is left out of `SELECT *`
    public record TableColumn(String name, String type, boolean isHidden) {}

    /// Every table whose file is in `directory`, by name.
    public static List<AnswerTable> all(Path directory) throws IOException {
        List<AnswerTable> tables = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName()).replace(".txt", "");
                tables.add(of(name, Files.readAllLines(file)));
            }
        }
        return tables;
    }

    private static AnswerTable of(String name, List<String> lines) {
        List<String> told = lines.stream().filter(line -> !line.startsWith("#")).toList();
        List<TableColumn> columns = new ArrayList<>();
        for (String column : AnswerText.cells(told.getFirst())) {
            String[] words = column.split(" ", 2);
            boolean isHidden = words[1].endsWith(" hidden");
            columns.add(new TableColumn(words[0], words[1].replace(" hidden", ""), isHidden));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String line : told.subList(1, told.size())) {
            List<@Nullable String> row = new ArrayList<>();
            AnswerText.cells(line).forEach(cell -> row.add(AnswerText.read(cell)));
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        name + ": " + row.size() + " values, not " + columns.size() + ": " + line);
            }
            rows.add(row);
        }
        return new AnswerTable(name, columns, rows);
    }
}
