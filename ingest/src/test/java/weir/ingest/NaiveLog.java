// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.engine.schema.IpAddress;
import weir.ingest.record.FieldKind;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;

/// Flow logs read the obvious way, for comparing: split at white space, no checks.
public final class NaiveLog {
    private NaiveLog() {}

    /// The records of a text: column name to text, as [StoredRows] has them.
    public static List<Map<String, String>> rows(String text, FlowFormat headerless) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> names = headerless.fields().stream().map(f -> f.column().name()).toList();
        for (String line : text.replace("\uFEFF", "").split("\r?\n", -1)) {
            String[] tokens = line.strip().split("[ \t]+", -1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns =
                    List.of(tokens).stream().map(t -> t.replace('-', '_')).toList();
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
        for (FlowField field : FlowField.values()) {
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
