// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of JSON, read in one pass.
final class JsonRows {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final LookupRows rows;

    private JsonRows(JsonParser parser, LookupRows rows) {
        this.parser = parser;
        this.rows = rows;
    }

    static void read(InputStream text, LookupRows rows) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            new JsonRows(parser, rows).readAll();
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw rows.failure(line, "is no JSON: " + e.getOriginalMessage());
        }
    }

    private void readAll() throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_ARRAY -> readArray();
                case START_OBJECT -> readObject(true);
                default -> throw noObject(token);
            }
        }
    }

    private void readArray() throws IOException {
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw noObject(token);
            }
            readObject(false);
        }
    }

    private LookupException noObject(JsonToken token) {
        return rows.failure(
                parser.currentLocation().getLineNr(),
                "expected an object for a row, and not " + token.name().toLowerCase(Locale.ROOT));
    }

    /// One row, or the rows of its arrays of objects where it is the whole of a file and has some;
    /// what stands beside those is no row.
    private void readObject(boolean mayHoldRows) throws IOException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        int rowsBefore = rows.rowCount();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (mayHoldRows && token == JsonToken.START_ARRAY) {
                StringWriter text = new StringWriter();
                if (!readRowsOrText(text)) {
                    values.put(name, text.toString());
                }
            } else {
                values.put(name, text(token));
            }
        }
        if (rows.rowCount() == rowsBefore) {
            add(values);
        }
    }

    private void add(Map<String, @Nullable String> values) {
        long line = parser.currentLocation().getLineNr();
        values.keySet().forEach(name -> rows.column(name, line));
        @Nullable String[] row = new @Nullable String[rows.columnCount()];
        values.forEach((name, value) -> row[rows.column(name, line)] = value);
        rows.add(row);
    }

    /// Reads an array whose start was read: rows when its first element is an object, else a text.
    private boolean readRowsOrText(StringWriter text) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            readObject(false);
            readArray();
            return true;
        }
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartArray();
            for (JsonToken token = first;
                    token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                generator.copyCurrentStructure(parser);
            }
            generator.writeEndArray();
        }
        return false;
    }

    /// The value that begins with `token`: a text as it is, an array or object as its JSON.
    private @Nullable String text(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
