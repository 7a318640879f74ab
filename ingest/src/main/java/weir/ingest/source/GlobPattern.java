// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A pattern for path names as shells have them: `*` and `?` within one name, `**` across
/// directories (`a/**/b` matches `a/b` too), `[a-z]` and `[!a-z]`. Everything else stands for
/// itself.
final class GlobPattern {
    private final String base;
    private final Pattern pattern;

    private GlobPattern(String base, Pattern pattern) {
        this.base = base;
        this.pattern = pattern;
    }

    /// Whether `text` has a character that means something in a pattern.
    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /// The pattern `written`, in which several slashes are one, as in the paths it is compared
    /// with.
    ///
    /// @throws IllegalArgumentException when a bracket does not close or its range is no range
    static GlobPattern parse(String written) {
        String text = written.replaceAll("/{2,}", "/");
        int meta = 0;
        while ("*?[".indexOf(text.charAt(meta)) < 0) {
            meta++;
        }
        String base = text.substring(0, text.lastIndexOf('/', meta) + 1);
        try {
            return new GlobPattern(base, Pattern.compile(regex(text), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no pattern: " + e.getDescription(), e);
        }
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (text.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else if (c == '*') {
                regex.append("[^/]*");
                i++;
            } else if (c == '?') {
                regex.append("[^/]");
                i++;
            } else if (c == '[') {
                i = appendClass(text, i, regex);
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
                i++;
            }
        }
        return regex.toString();
    }

    /// Appends the class that begins at `from` and gives the index behind it.
    private static int appendClass(String text, int from, StringBuilder regex) {
        int end = text.indexOf(']', from + 2);
        if (end < 0) {
            throw new IllegalArgumentException("'" + text + "' is no pattern: a '[' is not closed");
        }
        boolean isNegated = text.charAt(from + 1) == '!';
        regex.append(isNegated ? "[^/" : "[");
        for (int i = from + (isNegated ? 2 : 1); i < end; i++) {
            char c = text.charAt(i);
            if (c != '-') {
                regex.append(c == '/' ? "" : Pattern.quote(String.valueOf(c)));
            } else {
                regex.append('-');
            }
        }
        regex.append(']');
        return end + 1;
    }

    /// The directory that holds all matches: everything before the first name with a special
    /// character; empty for the current directory.
    String base() {
        return base;
    }

    /// Whether the pattern matches the whole of `name`.
    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
