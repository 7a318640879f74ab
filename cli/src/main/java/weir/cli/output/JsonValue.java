// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Allowance;
import weir.query.value.ValueText;
import weir.query.value.Values;

/// Values as JSON writes them: numbers and booleans as they are, NULL as null, arrays as arrays,
/// maps and rows as objects by the text of the key and the name of the field, all others as
/// strings. A field without name is `field0` by its place, as in Arrow. NaN and the infinities are
/// strings, for JSON has no word for them.
final class JsonValue {
    private JsonValue() {}

    /// A value that is no array, map or row, by its text; null is NULL.
    static String ofText(@Nullable String text, SqlType type) {
        if (text == null) {
            return "null";
        }
        boolean isBare =
                (type.isNumeric() || type == BasicType.BOOLEAN)
                        && !text.equals("NaN")
                        && !text.endsWith("Infinity");
        return isBare ? text : JsonText.quoted(text);
    }

    /// Any value.
    static String of(@Nullable Object value, SqlType type) {
        return append(new StringBuilder(), value, type).toString();
    }

    private static StringBuilder append(StringBuilder json, @Nullable Object value, SqlType type) {
        if (value == null) {
            return json.append("null");
        }
        return switch (type) {
            case SqlType.Array array -> appendArray(json, Values.asList(value), array.element());
            case SqlType.MapOf map -> appendMap(json, Values.asMap(value), map);
            case SqlType.Row row -> appendRow(json, Values.asList(value), row.fields());
            case BasicType _, SqlType.Decimal _, SqlType.Timestamp _, SqlType.Char _ ->
                    json.append(ofText(ValueText.of(value, type), type));
        };
    }

    private static StringBuilder appendArray(
            StringBuilder json, List<@Nullable Object> elements, SqlType type) {
        json.append('[');
        for (int i = 0; i < elements.size(); i++) {
            append(json.append(i == 0 ? "" : ","), elements.get(i), type);
            Allowance.current().checkText(json.length());
        }
        return json.append(']');
    }

    private static StringBuilder appendMap(
            StringBuilder json, Map<Object, @Nullable Object> entries, SqlType.MapOf type) {
        String separator = "{";
        for (Map.Entry<Object, @Nullable Object> entry : entries.entrySet()) {
            json.append(separator).append(key(ValueText.of(entry.getKey(), type.key())));
            append(json, entry.getValue(), type.value());
            Allowance.current().checkText(json.length());
            separator = ",";
        }
        return json.append(entries.isEmpty() ? "{}" : "}");
    }

    private static String key(String name) {
        return JsonText.quoted(name) + ":";
    }

    private static StringBuilder appendRow(
            StringBuilder json, List<@Nullable Object> values, List<SqlType.Row.Field> fields) {
        json.append('{');
        for (int i = 0; i < values.size(); i++) {
            SqlType.Row.Field field = fields.get(i);
            String name = field.name();
            json.append(i == 0 ? "" : ",").append(key(name == null ? "field" + i : name));
            append(json, values.get(i), field.type());
        }
        return json.append('}');
    }
}
