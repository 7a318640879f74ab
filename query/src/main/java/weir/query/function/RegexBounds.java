// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps a pattern from taking too much memory, stack or time before it is compiled: repetitions
/// are compiled by copying, so that `((a{1000}){1000}){1000}` would need a billion steps.
final class RegexBounds {
    /// Steps of a compiled pattern.
    private static final long STEPS_MAX = 10_000;

    /// Groups in groups.
    private static final int DEPTH_MAX = 100;

    private static final int LENGTH_MAX = 10_000;

    private final String pattern;
    private int at;

    private RegexBounds(String pattern) {
        this.pattern = pattern;
    }

    /// @throws weir.query.fault.QueryException when the pattern is too large
    static void check(String pattern) {
        if (pattern.length() > LENGTH_MAX) {
            throw tooLarge("has " + pattern.length() + " characters", LENGTH_MAX);
        }
        new RegexBounds(pattern).steps();
    }

    private static RuntimeException tooLarge(String what, long most) {
        return Args.invalid(
                "Invalid regular expression: it " + what + ", and " + most + " is most");
    }

    /// Walks over the pattern; the size of each open group is on the stack.
    private void steps() {
        Deque<Long> groups = new ArrayDeque<>();
        long size = 0;
        long last = 0;
        while (at < pattern.length()) {
            char character = pattern.charAt(at++);
            switch (character) {
                case '\\' -> {
                    at = escapeEnd();
                    last = 1;
                    size++;
                }
                case '[' -> {
                    skipClass();
                    last = 1;
                    size++;
                }
                case '(' -> {
                    groups.push(size);
                    if (groups.size() > DEPTH_MAX) {
                        throw tooLarge("has groups in groups", DEPTH_MAX);
                    }
                    size = 0;
                }
                case ')' -> {
                    last = size + 2;
                    size = (groups.isEmpty() ? 0 : groups.pop()) + last;
                }
                case '{' -> {
                    long grown = last * bound();
                    size += grown;
                    last += grown;
                }
                default -> {
                    last = 1;
                    size++;
                }
            }
            if (size > STEPS_MAX) {
                throw tooLarge("repeats more than " + STEPS_MAX + " steps", STEPS_MAX);
            }
        }
    }

    /// Behind an escape; `\Q...\E` is plain text.
    private int escapeEnd() {
        if (at < pattern.length() && pattern.charAt(at) == 'Q') {
            int end = pattern.indexOf("\\E", at);
            return end < 0 ? pattern.length() : end + 2;
        }
        return Math.min(at + 1, pattern.length());
    }

    /// Moves behind a character class, whose first bracket may be a member.
    private void skipClass() {
        int start = at;
        boolean isNegated = at < pattern.length() && pattern.charAt(at) == '^';
        int first = isNegated ? at + 1 : at;
        int i = first;
        while (i < pattern.length() && (pattern.charAt(i) != ']' || i == first)) {
            if (pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i);
                i = end < 0 ? i + 1 : end + 2;
            } else {
                i += pattern.charAt(i) == '\\' ? 2 : 1;
            }
        }
        at = Math.min(i + 1, pattern.length());
        if (pattern.substring(start, at).contains("&&")) {
            throw Args.invalid(
                    "Invalid regular expression: "
                            + pattern
                            + "; the intersection of classes, &&, is not supported");
        }
    }

    /// How many copies more a repetition `{n}`, `{n,}` or `{n,m}` makes; 0 when it is plain text.
    private long bound() {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at, end);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            return 1;
        }
        at = end + 1;
        long most = 0;
        for (String number : inside.split(",", -1)) {
            most = Math.max(most, number.isEmpty() ? 0 : Long.parseLong(number));
        }
        return Math.max(0, most - 1);
    }
}
