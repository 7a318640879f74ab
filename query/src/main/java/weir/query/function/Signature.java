// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// What a function takes, as text such as `varchar, bigint`, `T, T...` or `decimal(p,s)`.
///
/// A single capital letter is a type variable. Dots behind the last one let it stand once or more.
///
/// @param parameters in order
/// @param isVariadic whether the last one repeats
public record Signature(List<TypePattern> parameters, boolean isVariadic) {
    private static final String DOTS = "...";

    /// Reads the text of a signature.
    static Signature parse(String text) {
        List<TypePattern> parameters = new ArrayList<>();
        boolean isVariadic = text.endsWith(DOTS);
        String list = isVariadic ? text.substring(0, text.length() - DOTS.length()) : text;
        for (String part : split(list)) {
            parameters.add(pattern(part));
        }
        return new Signature(List.copyOf(parameters), isVariadic);
    }

    /// The parts between the commas that stand in no brackets.
    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < list.length(); i++) {
            char character = list.charAt(i);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (character == ',' && depth == 0) {
                parts.add(list.substring(from, i).strip());
                from = i + 1;
            }
        }
        String last = list.substring(from).strip();
        if (!last.isEmpty()) {
            parts.add(last);
        }
        return parts;
    }

    /// The type pattern that `text` spells.
    static TypePattern pattern(String text) {
        if (text.length() == 1 && Character.isUpperCase(text.charAt(0))) {
            return new TypePattern.Variable(text);
        }
        if (text.equals("any")) {
            return new TypePattern.Any();
        }
        if (text.equals("timestamp") || text.equals("timestamp with time zone")) {
            return new TypePattern.AnyTimestamp(!text.equals("timestamp"));
        }
        if (text.startsWith("decimal")) {
            return new TypePattern.AnyDecimal();
        }
        if (text.startsWith("function(")) {
            List<SqlType> types = inner(text, "function(");
            return new TypePattern.Function(
                    types.subList(0, types.size() - 1), types.get(types.size() - 1));
        }
        return new TypePattern.Exact(exact(text));
    }

    /// The types between the bracket that `opening` ends with and the last one.
    private static List<SqlType> inner(String text, String opening) {
        return split(text.substring(opening.length(), text.length() - 1)).stream()
                .map(Signature::exact)
                .toList();
    }

    private static SqlType exact(String text) {
        if (text.startsWith("array(")) {
            return new SqlType.Array(inner(text, "array(").getFirst());
        }
        if (text.startsWith("map(")) {
            List<SqlType> types = inner(text, "map(");
            return new SqlType.MapOf(types.getFirst(), types.getLast());
        }
        for (BasicType type : BasicType.values()) {
            if (type.displayName().equals(text.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type: " + text);
    }

    /// The pattern that argument `index` of `count` must fit.
    public TypePattern parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }

    /// Whether so many arguments can be.
    public boolean takes(int count) {
        return isVariadic ? count >= parameters.size() : count == parameters.size();
    }

    /// The signature as text.
    public String text() {
        return parameters.stream().map(TypePattern::text).collect(Collectors.joining(", "))
                + (isVariadic ? DOTS : "");
    }
}
