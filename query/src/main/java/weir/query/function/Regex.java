// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.value.Allowance;
import weir.query.value.LambdaValue;
import weir.query.value.Values;

/// A compiled regular expression. Matching takes time in proportion to the text, whatever the
/// pattern; what cannot be matched so (looking around, back references, possessive repetition) is
/// refused. Immutable.
final class Regex {
    /// From so many characters on, a match asks meanwhile whether the query goes on.
    private static final int LONG_TEXT = 1 << 12;

    private final Pattern pattern;
    private final Map<String, Integer> names;

    /// Counts a step for each character that is looked at.
    private record LongText(String text, Allowance allowance) implements CharSequence {
        LongText(String text) {
            this(text, Allowance.current());
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            allowance.step();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private Regex(Pattern pattern) {
        this.pattern = pattern;
        this.names = pattern.namedGroups();
    }

    /// Compiles `text`.
    ///
    /// @throws weir.query.fault.QueryException when it is no pattern, or one that is refused
    static Regex of(String text) {
        RegexBounds.check(text);
        try {
            return new Regex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw Args.invalid("Invalid regular expression: " + text + "; " + reason(e), e);
        }
    }

    private static String reason(PatternSyntaxException e) {
        String description = e.getDescription();
        boolean isLacking =
                description.toLowerCase(Locale.ROOT).contains("perl")
                        || description.contains("escape sequence")
                        || description.contains("nested repetition");
        return description
                + (isLacking
                        ? "; looking around, back references and possessive repetition are not"
                                + " supported, since they cannot be matched in linear time"
                        : "");
    }

    Matcher matcher(String text) {
        return pattern.matcher(text.length() < LONG_TEXT ? text : new LongText(text));
    }

    /// The number of a capturing group, 0 for the whole match.
    int group(long group) {
        if (group < 0) {
            throw Args.invalid("Group cannot be negative");
        }
        if (group > pattern.groupCount()) {
            throw Args.invalid(
                    "Pattern has %d groups. Cannot access group %d"
                            .formatted(pattern.groupCount(), group));
        }
        return (int) group;
    }

    /// `text` with every match replaced by `replacement`, in which `$1` and `${name}` stand for
    /// groups and a backslash takes the meaning from what follows it.
    String replace(String text, String replacement) {
        Matcher matcher = matcher(text);
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        while (matcher.find()) {
            result.append(text, from, matcher.start());
            append(result, matcher, replacement);
            from = matcher.end();
            Allowance.current().checkText(result.length());
        }
        return result.append(text, from, text.length()).toString();
    }

    /// `text` with every match replaced by what `each` makes of its groups, of which those that
    /// match nothing are NULL; null where that is NULL.
    @Nullable String replace(String text, LambdaValue each) {
        Matcher matcher = matcher(text);
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        while (matcher.find()) {
            @Nullable Object[] groups = new @Nullable Object[pattern.groupCount()];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = matcher.group(i + 1);
            }
            Object replacement = each.apply(Values.list(groups));
            if (replacement == null) {
                return null;
            }
            result.append(text, from, matcher.start()).append(replacement);
            from = matcher.end();
            Allowance.current().checkText(result.length());
        }
        return result.append(text, from, text.length()).toString();
    }

    private void append(StringBuilder result, Matcher matcher, String replacement) {
        int at = 0;
        while (at < replacement.length()) {
            char character = replacement.charAt(at++);
            if (character == '\\') {
                if (at == replacement.length()) {
                    throw illegal(replacement);
                }
                result.append(replacement.charAt(at++));
            } else if (character == '$') {
                at = appendGroup(result, matcher, replacement, at);
            } else {
                result.append(character);
            }
        }
    }

    private int appendGroup(StringBuilder result, Matcher matcher, String replacement, int from) {
        int at = from;
        int group;
        if (at < replacement.length() && replacement.charAt(at) == '{') {
            int end = replacement.indexOf('}', at);
            if (end < 0) {
                throw illegal(replacement);
            }
            String name = replacement.substring(at + 1, end);
            Integer named = names.get(name);
            if (named == null) {
                throw Args.invalid("Illegal replacement sequence: unknown group { " + name + " }");
            }
            group = named;
            at = end + 1;
        } else {
            group = digit(replacement, at++);
            if (group < 0) {
                throw illegal(replacement);
            }
            if (group > pattern.groupCount()) {
                throw Args.invalid("Illegal replacement sequence: unknown group " + group);
            }
            // As many digits as still name a group.
            int next = digit(replacement, at);
            while (next >= 0 && group * 10 + next <= pattern.groupCount()) {
                group = group * 10 + next;
                next = digit(replacement, ++at);
            }
        }
        String matched = matcher.group(group);
        result.append(matched == null ? "" : matched);
        return at;
    }

    private static int digit(String text, int at) {
        boolean isDigit = at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        return isDigit ? text.charAt(at) - '0' : -1;
    }

    private static RuntimeException illegal(String replacement) {
        return Args.invalid("Illegal replacement sequence: " + replacement);
    }
}
