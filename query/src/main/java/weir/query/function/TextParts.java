// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import weir.query.value.Allowance;

/// Finding, cutting and filling text. Positions and lengths count code points.
final class TextParts {
    private TextParts() {}

    static long strpos(String text, String part, long instance) {
        if (instance == 0) {
            throw Args.invalid("'instance' must be a positive or negative number.");
        }
        if (part.isEmpty()) {
            return 1;
        }
        int at = instance > 0 ? forwards(text, part, instance) : backwards(text, part, -instance);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    private static int forwards(String text, String part, long instance) {
        int at = -1;
        for (long i = 0; i < instance; i++) {
            at = text.indexOf(part, at + 1);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    private static int backwards(String text, String part, long instance) {
        int at = text.length();
        for (long i = 0; i < instance; i++) {
            // lastIndexOf with a negative start finds nothing.
            at = text.lastIndexOf(part, at - 1);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    static String pad(String text, long length, String fill, boolean isLeft) {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw Args.invalid("Target length must be in the range [0.." + Integer.MAX_VALUE + "]");
        }
        if (fill.isEmpty()) {
            throw Args.invalid("Padding string must not be empty");
        }
        int size = text.codePointCount(0, text.length());
        if (size >= length) {
            return text.substring(0, text.offsetByCodePoints(0, (int) length));
        }
        Allowance.current().checkText(length);
        int missing = (int) length - size;
        int fillSize = fill.codePointCount(0, fill.length());
        StringBuilder padding = new StringBuilder(missing);
        padding.repeat(fill, missing / fillSize);
        padding.append(fill, 0, fill.offsetByCodePoints(0, missing % fillSize));
        return isLeft ? padding.append(text).toString() : text + padding;
    }

    /// Without white space at the ends.
    static String trim(String text, boolean isLeft, boolean isRight) {
        int from = 0;
        int to = text.length();
        while (isLeft && from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (isRight && to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// Unicode's white space, but for the blanks that do not break lines.
    private static boolean isSpace(char character) {
        return Character.isWhitespace(character);
    }

    /// Without any of `characters` at the ends.
    static String trim(String text, String characters, boolean isLeft, boolean isRight) {
        int from = 0;
        int to = text.length();
        while (isLeft && from < to) {
            int character = text.codePointAt(from);
            if (characters.indexOf(character) < 0) {
                break;
            }
            from += Character.charCount(character);
        }
        while (isRight && to > from) {
            int character = text.codePointBefore(to);
            if (characters.indexOf(character) < 0) {
                break;
            }
            to -= Character.charCount(character);
        }
        return text.substring(from, to);
    }
}
