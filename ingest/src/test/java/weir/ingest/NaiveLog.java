// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import weir.engine.schema.IpAddress;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

/// Flow logs read the obvious way, for comparing: split at white space, no checks.
public final class NaiveLog {
    private NaiveLog() {}

    /// Rows in an order of their own: a store does not keep the order of arrival.
    public static List<String> sorted(List<Map<String, String>> rows) {
        return rows.stream().map(Object::toString).sorted().toList();
    }

    /// The values of `columns` of the records of a text, as [StoredRows#sorted] has them.
    public static List<String> sorted(String text, FlowFormat headerless, List<String> columns) {
        List<String> rows = new ArrayList<>();
        List<String> names = headerless.fields().stream().map(f -> f.column().name()).toList();
        for (String line : text.split("\n", -1)) {
            List<String> tokens = List.of(line.split(" ", -1));
            List<String> spelled = tokens.stream().map(t -> t.replace('-', '_')).toList();
            if (spelled.stream().allMatch(c -> FlowField.named(c) != null)) {
                names = spelled;
            } else if (!line.isEmpty()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    int index = names.indexOf(column);
                    boolean isNumber =
                            Objects.requireNonNull(FlowField.named(column)).kind().isNumber();
                    values.add(index >= 0 ? tokens.get(index) : isNumber ? "NULL" : "-");
                }
                rows.add(String.join(" ", values));
            }
        }
        rows.sort(null);
        return rows;
    }

    /// The records of a text: column name to text, as [StoredRows] has them.
    public static List<Map<String, String>> rows(String text, FlowFormat headerless) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> names = headerless.fields().stream().map(f -> f.column().name()).toList();
        for (String line : text.replace("\uFEFF", "").split("\r?\n", -1)) {
            String[] tokens = line.strip().split("[ \t]+", -1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = List.of(tokens).stream().map(t -> t.replace('-', '_')).toList();
            if (columns.stream().allMatch(c -> FlowField.named(c) != null)) {
                names = columns;
            } else {
                rows.add(row(names, tokens));
            }
        }
        return rows;
    }

    private static Map<String, String> row(List<String> names, String[] tokens) {
        Map<String, String> row = new LinkedHashMap<>();
        for (FlowField field : RecordTable.VPC.fields()) {
            int index = names.indexOf(field.column().name());
            String token = index < 0 ? "-" : tokens[index];
            row.put(field.column().name(), value(field.kind(), token));
        }
        for (int i = 0; i < names.size(); i++) {
            row.putIfAbsent(names.get(i), tokens[i]);
        }
        return row;
    }

    private static String value(FieldKind kind, String token) {
        if (kind.isNumber()) {
            return token.equals("-") ? "NULL" : token;
        }
        return kind == FieldKind.ADDRESS && !token.equals("-")
                ? String.valueOf(IpAddress.parse(token))
                : token;
    }
}
