// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import weir.cli.output.JsonText;

/// A JSON object on one line, its keys in the order they were put.
public final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    /// Puts a whole number.
    public JsonObject put(String key, long value) {
        key(key).append(value);
        return this;
    }

    /// Puts a number, rounded to milliunits.
    public JsonObject put(String key, double value) {
        key(key).append(number(value));
        return this;
    }

    /// Puts a string.
    public JsonObject put(String key, String value) {
        key(key).append(JsonText.quoted(value));
        return this;
    }

    /// Puts true or false.
    public JsonObject put(String key, boolean value) {
        key(key).append(value);
        return this;
    }

    /// Puts an array of strings.
    public JsonObject putTexts(String key, List<String> values) {
        key(key).append(values.stream().map(JsonText::quoted).toList());
        return this;
    }

    /// Puts an array of numbers, rounded to milliunits.
    public JsonObject put(String key, double[] values) {
        key(key).append('[');
        for (int index = 0; index < values.length; index++) {
            text.append(index == 0 ? "" : ",").append(number(values[index]));
        }
        text.append(']');
        return this;
    }

    /// Puts an object.
    public JsonObject put(String key, JsonObject value) {
        key(key).append(value);
        return this;
    }

    /// Puts an array of objects.
    public JsonObject put(String key, List<JsonObject> values) {
        key(key).append(values.stream().map(JsonObject::toString).toList().toString());
        return this;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }

    private StringBuilder key(String key) {
        return text.append(text.length() == 1 ? "" : ",").append(JsonText.quoted(key)).append(':');
    }

    /// The object.
    @Override
    public String toString() {
        return text + "}";
    }
}
