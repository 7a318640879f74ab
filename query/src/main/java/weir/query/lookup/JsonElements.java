// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects in the arrays of a JSON object, one at a time: so AWS's command line prints lists.
/// Only one of them is in memory.
final class JsonElements {
    private static final JsonFactory JSON = new JsonFactory();

    /// Most values of one object: a security group has some thousands.
    private static final int VALUES_MAX = 1 << 20;

    private final JsonParser parser;
    private final Path file;
    private int valueCount;

    private JsonElements(JsonParser parser, Path file) {
        this.parser = parser;
        this.file = file;
    }

    /// Takes an object of an array.
    @FunctionalInterface
    interface Taker {
        void take(String array, Element element);
    }

    /// Hands the objects of all arrays to `taker`.
    ///
    /// @return the names in the outermost object, in order
    /// @throws LookupException when the text is no such JSON, with the line
    static Set<String> read(InputStream text, Path file, Taker taker) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonElements(parser, file).readAll(taker);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new LookupException(file, line, "is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Set<String> readAll(Taker taker) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw failure("expected an object, as AWS's command line prints it");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            names.add(name);
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                parser.skipChildren();
                continue;
            }
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                long line = parser.currentLocation().getLineNr();
                valueCount = 0;
                Object value = value(token);
                if (value instanceof Map<?, ?> object) {
                    taker.take(name, new Element(file, line, object));
                }
            }
        }
        JsonToken behind = parser.nextToken();
        if (behind != null) {
            throw failure("expected the end of the file behind the object");
        }
        return names;
    }

    private @Nullable Object value(@Nullable JsonToken token) throws IOException {
        if (++valueCount > VALUES_MAX) {
            throw failure("an object has more than " + VALUES_MAX + " values");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    object.put(name, value(parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    list.add(value(next));
                }
                yield list;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null -> throw failure("the text ends too early");
            default -> parser.getText();
        };
    }

    private LookupException failure(String message) {
        return new LookupException(file, parser.currentLocation().getLineNr(), message);
    }
}
