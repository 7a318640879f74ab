// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.fault.QueryException;
import weir.query.value.Cidr;

/// An object of JSON, or one in it: its parts by name, each of the type that is asked for.
///
/// @param line where it begins, from 1
record Element(Path file, long line, Map<?, ?> parts) {
    /// The text of part `name`; null where there is none or it is empty.
    @Nullable String text(String name) {
        Object part = parts.get(name);
        if (part instanceof Map || part instanceof List) {
            throw failure("expected a text for " + name);
        }
        String text = part == null ? null : part.toString();
        return text == null || text.isEmpty() ? null : text;
    }

    /// The same where there has to be one.
    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw failure("there is no " + name);
        }
        return text;
    }

    /// The block of addresses of part `name`, or null.
    @Nullable String block(String name) {
        String text = text(name);
        if (text != null) {
            requireBlock(file, line, text);
        }
        return text;
    }

    static void requireBlock(Path file, long line, String text) {
        try {
            Cidr.parse(text);
        } catch (QueryException e) {
            throw new LookupException(
                    file,
                    line,
                    "expected a block of addresses as 10.0.0.0/8, not '" + text + "'",
                    e);
        }
    }

    /// The address of part `name`, or null.
    @Nullable String address(String name) {
        String text = text(name);
        IpAddress address = text == null ? null : IpAddress.parse(text);
        if (text != null && address == null) {
            throw failure("expected an address for " + name + ", not '" + text + "'");
        }
        return address == null ? null : address.toString();
    }

    /// A truth as SQL has it in values, or null.
    @Nullable Long truth(String name) {
        Object part = parts.get(name);
        return part instanceof Boolean truth ? (Long) (truth ? 1L : 0L) : null;
    }

    /// A whole number, or null.
    @Nullable Long number(String name) {
        String text = text(name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw failure("expected a whole number for " + name + ", not '" + text + "'");
        }
    }

    /// The object `name`; one without parts where there is none.
    Element object(String name) {
        Object part = parts.get(name);
        if (part == null) {
            return new Element(file, line, Map.of());
        }
        if (part instanceof Map<?, ?> object) {
            return new Element(file, line, object);
        }
        throw failure("expected an object for " + name);
    }

    /// The objects of the array `name`.
    List<Element> objects(String name) {
        List<Element> objects = new ArrayList<>();
        for (Object part : list(name)) {
            if (!(part instanceof Map<?, ?> object)) {
                throw failure("expected objects in " + name);
            }
            objects.add(new Element(file, line, object));
        }
        return objects;
    }

    /// The texts of the array `name`.
    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    private List<?> list(String name) {
        Object part = parts.get(name);
        if (part == null) {
            return List.of();
        }
        if (part instanceof List<?> list) {
            return list;
        }
        throw failure("expected an array for " + name);
    }

    /// The value of the tag `Name`, or null.
    @Nullable String tagName() {
        List<Element> tags = new ArrayList<>(objects("Tags"));
        tags.addAll(objects("TagSet"));
        for (Element tag : tags) {
            if ("Name".equals(tag.text("Key"))) {
                return tag.text("Value");
            }
        }
        return null;
    }

    LookupException failure(String message) {
        return new LookupException(file, line, message);
    }
}
