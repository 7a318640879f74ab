// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.parser.ParsingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;

/// Syntax errors in words that say what to do.
final class SyntaxAdvice {
    private static final int EXPECTED_MAX = 6;

    /// Keywords that a table's alias may be a misspelling of.
    private static final List<String> CLAUSES =
            List.of("WHERE", "GROUP", "HAVING", "ORDER", "OFFSET", "LIMIT", "FETCH", "UNION");

    private static final Pattern STAR_EXCEPT =
            Pattern.compile("\\*\\s*except\\s*\\($", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUALIFY = Pattern.compile("\\bqualify$", Pattern.CASE_INSENSITIVE);

    private SyntaxAdvice() {}

    /// What to say of `failure`, met while parsing `sql`.
    static QueryException explain(String sql, ParsingException failure) {
        int line = failure.getLineNumber();
        int column = failure.getColumnNumber();
        String rest = textAt(sql, line, column);
        String token = token(rest);
        String lower = token.toLowerCase(Locale.ROOT);
        String before = sql.substring(0, sql.length() - rest.length()).stripTrailing();
        Code code = Code.SYNTAX;
        String message;
        if (isNotRun(lower, rest, before)) {
            code = Code.UNSUPPORTED;
            message = statementName(before, rest) + " is not supported" + statementAdvice(lower);
        } else if (lower.equals("end")) {
            message = "END is a keyword of SQL; quote it where you mean the column: \"end\"";
        } else if (token.startsWith("`")) {
            message =
                    "back quotes are not SQL; write \"name\" in double quotes, or no quotes at all";
        } else if (lower.equals("offset") && hasLimit(before)) {
            message = "OFFSET stands before LIMIT: write OFFSET n LIMIT m";
        } else if (isStarExcept(lower, before)) {
            message = "* takes no EXCEPT, EXCLUDE or REPLACE here: name the columns";
        } else if (QUALIFY.matcher(before).find()) {
            message =
                    "there is no QUALIFY: compute the window function in a subquery and filter that"
                            + " with WHERE";
        } else if (token.equals("=") && before.endsWith("=")) {
            message = "== is not SQL; write =";
        } else if (token.equals("'") || token.equals("\"")) {
            message = "this quote is never closed";
        } else if (!token.isEmpty() && "‘’“”".contains(token)) {
            message = "a typographic quote; write ' around texts and \" around names";
        } else if (before.endsWith(",") && (lower.equals("from") || lower.equals("group"))) {
            message = "unexpected comma before " + token.toUpperCase(Locale.ROOT);
        } else {
            message = generic(failure.getErrorMessage(), token, before);
        }
        return new QueryException(code, message, line, column);
    }

    private static boolean isNotRun(String lower, String rest, String before) {
        if (before.isEmpty()) {
            return lower.equals("msck")
                    || lower.equals("unload")
                    || lower.equals("vacuum")
                    || lower.equals("optimize")
                    || lower.equals("alter");
        }
        return before.equalsIgnoreCase("create") && rest.regionMatches(true, 0, "external", 0, 8);
    }

    private static String statementName(String before, String rest) {
        return before.isEmpty() ? token(rest).toUpperCase(Locale.ROOT) : "CREATE EXTERNAL TABLE";
    }

    private static String statementAdvice(String lower) {
        return lower.equals("unload")
                ? "; write the result with --format"
                : "; tables come from `weir ingest PATH`";
    }

    private static boolean isStarExcept(String lower, String before) {
        boolean isWord = lower.equals("replace") || lower.equals("exclude");
        return (isWord && before.endsWith("*")) || STAR_EXCEPT.matcher(before).find();
    }

    private static boolean hasLimit(String before) {
        return Pattern.compile("\\blimit\\s+\\w+$", Pattern.CASE_INSENSITIVE)
                .matcher(before)
                .find();
    }

    /// The text from a place on.
    private static String textAt(String sql, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = sql.indexOf('\n', start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int codePoints = sql.codePointCount(start, sql.length());
        return sql.substring(sql.offsetByCodePoints(start, Math.min(column - 1, codePoints)));
    }

    private static String token(String rest) {
        Matcher word = Pattern.compile("\\w+").matcher(rest);
        if (word.lookingAt()) {
            return word.group();
        }
        return rest.isEmpty() ? "" : Character.toString(rest.codePointAt(0));
    }

    /// The parser's own message, shortened: `unexpected 'limt'; did you mean LIMIT?`
    private static String generic(String message, String token, String before) {
        int at = message.indexOf("Expecting: ");
        if (at < 0) {
            return message;
        }
        List<String> keywords = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Matcher matcher = Pattern.compile("'([^']+)'|<(\\w+)>").matcher(message.substring(at));
        while (matcher.find()) {
            String keyword = matcher.group(1);
            boolean isWord = keyword == null || Character.isLetter(keyword.charAt(0));
            expected.add(
                    keyword == null ? matcher.group(2) : isWord ? keyword : "'" + keyword + "'");
            if (keyword != null && isWord) {
                keywords.add(keyword);
            } else if ("query".equals(matcher.group(2))) {
                keywords.addAll(List.of("SELECT", "VALUES"));
            }
        }
        String list =
                String.join(", ", expected.subList(0, Math.min(EXPECTED_MAX, expected.size())));
        String wanted =
                (expected.size() == 1 ? list : "one of " + list)
                        + (expected.size() > EXPECTED_MAX ? ", ..." : "");
        if (token.isEmpty()) {
            return "the statement ends too early; expected " + wanted;
        }
        String near = nearKeyword(token, keywords);
        if (near != null) {
            return "unexpected '" + token + "'; did you mean " + near + "?";
        }
        String last = before.replaceFirst("(?s).*\\W", "");
        String meant = nearKeyword(last, CLAUSES);
        return "unexpected '"
                + token
                + "'; "
                + (meant == null
                        ? "expected " + wanted
                        : "did you mean " + meant + " where it says '" + last + "'?");
    }

    /// The keyword that `word` misspells, or null.
    private static @Nullable String nearKeyword(String word, List<String> keywords) {
        String near = word.length() < 3 ? null : NearNames.nearest(word, keywords);
        return near == null || near.equalsIgnoreCase(word) ? null : near;
    }
}
