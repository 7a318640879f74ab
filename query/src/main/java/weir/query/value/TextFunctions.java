// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import org.jspecify.annotations.Nullable;

/// Functions on text. Positions and lengths count code points, from 1.
final class TextFunctions {
    private TextFunctions() {}

    /// The first `length` characters, filled up with blanks.
    static String fill(String text, int length) {
        long missing = length - length(text);
        return missing >= 0 ? text + " ".repeat((int) missing) : substr(text, 1, length);
    }

    static String stripTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// `text`, which has at most so many characters.
    ///
    /// @throws weir.query.fault.QueryException when it has more
    static String fit(String text, long length) {
        if (length(text) > length) {
            throw InvalidValue.of(
                    "Value " + text + " cannot be represented as varchar(" + length + ")");
        }
        return text;
    }

    /// From `start` on; a negative start counts from the end, 0 and what lies outside give nothing.
    static String substr(String text, long start, long length) {
        long size = length(text);
        long from = start < 0 ? size + start : start - 1;
        if (start == 0 || from < 0 || from >= size || length <= 0) {
            return "";
        }
        long to = length >= size - from ? size : from + length;
        int first = text.offsetByCodePoints(0, (int) from);
        return text.substring(first, text.offsetByCodePoints(first, (int) (to - from)));
    }

    static long strpos(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    static String replace(String text, String part, String replacement) {
        Allowance allowance = Allowance.current();
        StringBuilder result = new StringBuilder(text.length());
        if (part.isEmpty()) {
            // Nothing is found before, between and behind all characters.
            result.append(replacement);
            text.codePoints()
                    .forEach(c -> {
                        result.appendCodePoint(c).append(replacement);
                        allowance.checkText(result.length());
                    });
            return result.toString();
        }
        int from = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, from)) {
            result.append(text, from, at).append(replacement);
            allowance.checkText(result.length());
            from = at + part.length();
        }
        return from == 0 ? text : result.append(text, from, text.length()).toString();
    }

    static @Nullable String splitPart(String text, String delimiter, long index) {
        if (index <= 0) {
            throw InvalidValue.of("Index must be greater than zero");
        }
        if (delimiter.isEmpty()) {
            return index > length(text) ? null : substr(text, index, 1);
        }
        int from = 0;
        for (long part = 1; part < index; part++) {
            int next = text.indexOf(delimiter, from);
            if (next < 0) {
                return null;
            }
            from = next + delimiter.length();
        }
        int end = text.indexOf(delimiter, from);
        return end < 0 ? text.substring(from) : text.substring(from, end);
    }

    /// Without the white space at both ends.
    static String trim(String text) {
        return text.strip();
    }

    /// Character by character, as Trino does: no language's special rules.
    static String lower(String text) {
        return map(text, true);
    }

    static String upper(String text) {
        return map(text, false);
    }

    private static String map(String text, boolean isLower) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isLower ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
