// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A LIKE pattern: `%` is any text, `_` any one character. Immutable.
///
/// The pattern is cut at its `%` into pieces; the first and last are anchored, and those between
/// are searched from left to right, each at its first place. Nothing is ever tried twice, so a
/// match takes at most text length times pattern length steps.
public final class LikePattern {
    /// Stands for `_` in a piece: no character, since code points are not negative.
    private static final int ANY = -1;

    private final List<int[]> pieces;
    private final boolean isPlain;
    private final String literal;

    private LikePattern(List<int[]> pieces) {
        this.pieces = List.copyOf(pieces);
        boolean plain = true;
        StringBuilder text = new StringBuilder();
        for (int[] piece : pieces) {
            for (int character : piece) {
                plain &= character != ANY;
                if (character != ANY) {
                    text.appendCodePoint(character);
                }
            }
        }
        this.isPlain = plain;
        this.literal = text.toString();
    }

    /// The pattern `pattern`, in which `escape` (null: none) takes away the meaning of `%`, `_` and
    /// itself.
    ///
    /// @throws weir.query.fault.QueryException when the escape is not one character or stands
    ///   before another one
    public static LikePattern of(String pattern, @Nullable String escape) {
        int escapeCharacter = escapeOf(escape);
        List<int[]> pieces = new ArrayList<>();
        List<Integer> piece = new ArrayList<>();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == escapeCharacter) {
                int next = i + 1 < characters.length ? characters[++i] : 0;
                if (next != '%' && next != '_' && next != escapeCharacter) {
                    throw InvalidValue.of(
                            "Escape character must be followed by '%', '_' or the escape character"
                                    + " itself");
                }
                piece.add(next);
            } else if (character == '%') {
                pieces.add(array(piece));
                piece.clear();
            } else {
                piece.add(character == '_' ? ANY : character);
            }
        }
        pieces.add(array(piece));
        return new LikePattern(pieces);
    }

    private static int escapeOf(@Nullable String escape) {
        if (escape == null) {
            return Integer.MIN_VALUE;
        }
        if (escape.codePointCount(0, escape.length()) != 1) {
            throw InvalidValue.of("Escape string must be a single character");
        }
        return escape.codePointAt(0);
    }

    private static int[] array(List<Integer> piece) {
        return piece.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The text that a matching text starts with and that suffices; null when the pattern is not
    /// just a prefix and one `%`.
    public @Nullable String purePrefix() {
        return isPlain && pieces.size() == 2 && pieces.getLast().length == 0 ? literal : null;
    }

    /// The only text that matches, or null when the pattern has wildcards.
    public @Nullable String exactText() {
        return isPlain && pieces.size() == 1 ? literal : null;
    }

    /// Whether the whole of `text` matches.
    public boolean matches(String text) {
        if (isPlain) {
            if (pieces.size() == 1) {
                return text.equals(literal);
            }
            if (pieces.size() == 2 && pieces.getLast().length == 0) {
                return text.startsWith(literal);
            }
            if (pieces.size() == 2 && pieces.getFirst().length == 0) {
                return text.endsWith(literal);
            }
            if (pieces.size() == 3
                    && pieces.getFirst().length == 0
                    && pieces.getLast().length == 0) {
                return text.contains(literal);
            }
        }
        return matchesPieces(text.codePoints().toArray());
    }

    private boolean matchesPieces(int[] text) {
        int[] first = pieces.getFirst();
        if (pieces.size() == 1) {
            return text.length == first.length && isAt(first, text, 0);
        }
        int[] last = pieces.getLast();
        int end = text.length - last.length;
        if (end < first.length || !isAt(first, text, 0) || !isAt(last, text, end)) {
            return false;
        }
        Allowance allowance = Allowance.current();
        int at = first.length;
        for (int[] piece : pieces.subList(1, pieces.size() - 1)) {
            while (at + piece.length <= end && !isAt(piece, text, at)) {
                allowance.step();
                at++;
            }
            if (at + piece.length > end) {
                return false;
            }
            at += piece.length;
        }
        return true;
    }

    private static boolean isAt(int[] piece, int[] text, int at) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != ANY && piece[i] != text[at + i]) {
                return false;
            }
        }
        return true;
    }
}
