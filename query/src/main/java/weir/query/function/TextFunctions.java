// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.value.Allowance;

/// Functions on text. Positions and lengths count code points, from 1.
final class TextFunctions {
    private static final String SOUNDEX = "01230120022455012623010202";

    private TextFunctions() {}

    static List<Definition> definitions() {
        Definitions text = new Definitions(Definition.Kind.TEXT);
        defineCharacters(text);
        defineComparisons(text);
        defineEnds(text);
        return text.list();
    }

    private static void defineCharacters(Definitions text) {
        text.define("chr", "bigint", "varchar", "The character of a code point")
                .is(a -> chr(Args.number(a, 0)));
        text.define("codepoint", "varchar", "integer", "The code point of a single character")
                .is(a -> codepoint(Args.text(a, 0)));
        text.define(
                        "concat_ws",
                        "varchar, varchar...",
                        "varchar",
                        "Texts joined by the first one, without those that are NULL")
                .takesNulls()
                .is(TextFunctions::concatWs);
        text.define("reverse", "varchar", "varchar", "Characters in reverse order")
                .total()
                .is(a -> reverse(Args.text(a, 0)));
        text.define(
                        "title_case",
                        "varchar",
                        "varchar",
                        "The first letter of each word in upper case, the others in lower case")
                .total()
                .is(a -> titleCase(Args.text(a, 0)));
        text.define(
                        "translate",
                        "varchar, varchar, varchar",
                        "varchar",
                        "Each character of the second text becomes its neighbour in the third")
                .is(a -> translate(Args.text(a, 0), Args.text(a, 1), Args.text(a, 2)));
        text.define("normalize", "varchar", "varchar", "Unicode normal form NFC")
                .total()
                .is(a -> Normalizer.normalize(Args.text(a, 0), Normalizer.Form.NFC));
        text.define(
                        "normalize",
                        "varchar, varchar",
                        "varchar",
                        "Unicode normal form NFC, NFD, NFKC or NFKD")
                .prepared(
                        1,
                        TextFunctions::form,
                        (form, a) -> Normalizer.normalize(Args.text(a, 0), form));
        text.define("soundex", "varchar", "varchar", "How English text sounds, as four characters")
                .is(a -> soundex(Args.text(a, 0)));
    }

    private static String titleCase(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean isFirst = true;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            result.appendCodePoint(
                    isFirst ? Character.toTitleCase(character) : Character.toLowerCase(character));
            isFirst = Character.isWhitespace(character);
            at += Character.charCount(character);
        }
        return result.toString();
    }

    private static Normalizer.Form form(String name) {
        try {
            return Normalizer.Form.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Args.invalid("Normalization form must be one of [NFD, NFC, NFKD, NFKC]", e);
        }
    }

    private static String chr(long codePoint) {
        boolean isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || isSurrogate) {
            throw Args.invalid("Not a valid Unicode code point: " + codePoint);
        }
        return Character.toString((int) codePoint);
    }

    private static Long codepoint(String text) {
        if (text.codePointCount(0, text.length()) != 1) {
            throw Args.invalid("Input string must be a single character string");
        }
        return (long) text.codePointAt(0);
    }

    private static @Nullable String concatWs(@Nullable Object[] arguments) {
        if (arguments[0] == null) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        boolean isFirst = true;
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i] != null) {
                joined.append(isFirst ? "" : Args.text(arguments, 0)).append(arguments[i]);
                Allowance.current().checkText(joined.length());
                isFirst = false;
            }
        }
        return joined.toString();
    }

    private static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String translate(String text, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    int index = indexOf(sources, c);
                    if (index < 0) {
                        result.appendCodePoint(c);
                    } else if (index < targets.length) {
                        result.appendCodePoint(targets[index]);
                    }
                });
        return result.toString();
    }

    private static int indexOf(int[] codePoints, int wanted) {
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String soundex(String text) {
        StringBuilder code = new StringBuilder(4);
        char last = '0';
        for (int i = 0; i < text.length(); i++) {
            char letter = Character.toUpperCase(text.charAt(i));
            if (!Character.isLetter(letter)) {
                continue;
            }
            if (letter < 'A' || letter > 'Z') {
                throw Args.invalid("The character is not mapped: " + letter + " (index=" + i + ")");
            }
            char digit = SOUNDEX.charAt(letter - 'A');
            if (code.isEmpty()) {
                code.append(letter);
            } else if (digit != '0' && digit != last && code.length() < 4) {
                code.append(digit);
            }
            // H and W do not part two letters that sound alike.
            last = letter == 'H' || letter == 'W' ? last : digit;
        }
        return code.isEmpty() ? "" : code.append("0".repeat(4 - code.length())).toString();
    }

    private static void defineComparisons(Definitions text) {
        text.define(
                        "hamming_distance",
                        "varchar, varchar",
                        "bigint",
                        "How many characters differ between two texts of one length")
                .is(a -> TextDistance.hamming(Args.text(a, 0), Args.text(a, 1)));
        text.define(
                        "levenshtein_distance",
                        "varchar, varchar",
                        "bigint",
                        "How many single-character edits make one text of the other")
                .is(a -> TextDistance.levenshtein(Args.text(a, 0), Args.text(a, 1)));
        text.define(
                        "luhn_check",
                        "varchar",
                        "boolean",
                        "Whether the digits have a valid Luhn check digit")
                .is(a -> Args.bool(TextDistance.luhn(Args.text(a, 0))));
        text.define(
                        "strpos",
                        "varchar, varchar, bigint",
                        "bigint",
                        "Position of the n-th occurrence, from the end when n is negative; 0: none")
                .is(a -> TextParts.strpos(Args.text(a, 0), Args.text(a, 1), Args.number(a, 2)));
    }

    private static void defineEnds(Definitions text) {
        text.define("ends_with", "varchar, varchar", "boolean", "Whether a text ends with another")
                .total()
                .is(a -> Args.bool(Args.text(a, 0).endsWith(Args.text(a, 1))));
        text.define(
                        "lpad",
                        "varchar, bigint, varchar",
                        "varchar",
                        "Filled up or cut to a length, at the left")
                .is(a -> TextParts.pad(Args.text(a, 0), Args.number(a, 1), Args.text(a, 2), true));
        text.define(
                        "rpad",
                        "varchar, bigint, varchar",
                        "varchar",
                        "Filled up or cut to a length, at the right")
                .is(a -> TextParts.pad(Args.text(a, 0), Args.number(a, 1), Args.text(a, 2), false));
        text.define("ltrim", "varchar", "varchar", "Without white space at the left")
                .total()
                .is(a -> TextParts.trim(Args.text(a, 0), true, false));
        text.define("rtrim", "varchar", "varchar", "Without white space at the right")
                .total()
                .is(a -> TextParts.trim(Args.text(a, 0), false, true));
        text.define(
                        "ltrim",
                        "varchar, varchar",
                        "varchar",
                        "Without the characters of the second text at the left")
                .is(a -> TextParts.trim(Args.text(a, 0), Args.text(a, 1), true, false));
        text.define(
                        "rtrim",
                        "varchar, varchar",
                        "varchar",
                        "Without the characters of the second text at the right")
                .is(a -> TextParts.trim(Args.text(a, 0), Args.text(a, 1), false, true));
        text.define(
                        "trim",
                        "varchar, varchar",
                        "varchar",
                        "Without the characters of the second text at both ends")
                .is(a -> TextParts.trim(Args.text(a, 0), Args.text(a, 1), true, true));
    }
}
