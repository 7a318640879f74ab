// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.value.Values;

/// Functions with regular expressions.
final class PatternFunctions {
    private PatternFunctions() {}

    static List<Definition> definitions() {
        Definitions patterns = new Definitions(Definition.Kind.PATTERN);
        patterns.define(
                        "regexp_like",
                        "varchar, varchar",
                        "boolean",
                        "Whether some part of a text matches a pattern")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> Args.bool(regex.matcher(Args.text(a, 0)).find()));
        patterns.define(
                        "regexp_extract",
                        "varchar, varchar",
                        "varchar",
                        "The first part that matches; NULL when none does")
                .prepared(1, Regex::of, (regex, a) -> extract(regex, Args.text(a, 0), 0));
        patterns.define(
                        "regexp_extract",
                        "varchar, varchar, bigint",
                        "varchar",
                        "A capturing group of the first part that matches")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> extract(regex, Args.text(a, 0), Args.number(a, 2)));
        patterns.define("regexp_count", "varchar, varchar", "bigint", "How many parts match")
                .prepared(1, Regex::of, (regex, a) -> count(regex.matcher(Args.text(a, 0))));
        patterns.define(
                        "regexp_position",
                        "varchar, varchar",
                        "integer",
                        "Where the first part that matches starts, from 1; -1 when none does")
                .prepared(1, Regex::of, (regex, a) -> position(regex, Args.text(a, 0), 1, 1));
        patterns.define(
                        "regexp_position",
                        "varchar, varchar, bigint",
                        "integer",
                        "The same from a position on")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> position(regex, Args.text(a, 0), Args.number(a, 2), 1));
        patterns.define(
                        "regexp_position",
                        "varchar, varchar, bigint, bigint",
                        "integer",
                        "The same of the n-th part from a position on")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) ->
                                position(
                                        regex,
                                        Args.text(a, 0),
                                        Args.number(a, 2),
                                        Args.number(a, 3)));
        patterns.define(
                        "regexp_replace",
                        "varchar, varchar",
                        "varchar",
                        "Every part that matches removed")
                .prepared(1, Regex::of, (regex, a) -> regex.replace(Args.text(a, 0), ""));
        patterns.define(
                        "regexp_replace",
                        "varchar, varchar, varchar",
                        "varchar",
                        "Every part that matches replaced; $1 and ${name} stand for groups")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> regex.replace(Args.text(a, 0), Args.text(a, 2)));
        patterns.define(
                        "regexp_replace",
                        "varchar, varchar, function(array(varchar), varchar)",
                        "varchar",
                        "Every part that matches replaced by what the function makes of its groups")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> regex.replace(Args.text(a, 0), Args.lambda(a, 2)));
        addArrays(patterns);
        return patterns.list();
    }

    private static void addArrays(Definitions patterns) {
        patterns.define(
                        "regexp_extract_all",
                        "varchar, varchar",
                        "array(varchar)",
                        "Every part that matches")
                .prepared(1, Regex::of, (regex, a) -> extractAll(regex, Args.text(a, 0), 0));
        patterns.define(
                        "regexp_extract_all",
                        "varchar, varchar, bigint",
                        "array(varchar)",
                        "A capturing group of every part that matches")
                .prepared(
                        1,
                        Regex::of,
                        (regex, a) -> extractAll(regex, Args.text(a, 0), Args.number(a, 2)));
        patterns.define(
                        "regexp_split",
                        "varchar, varchar",
                        "array(varchar)",
                        "What stands between the parts that match")
                .prepared(1, Regex::of, (regex, a) -> split(regex, Args.text(a, 0)));
    }

    private static Object extractAll(Regex regex, String text, long group) {
        int index = regex.group(group);
        List<@Nullable Object> parts = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        while (matcher.find()) {
            parts.add(matcher.group(index));
        }
        return Values.list(parts);
    }

    private static Object split(Regex regex, String text) {
        List<@Nullable Object> parts = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return Values.list(parts);
    }

    private static @Nullable String extract(Regex regex, String text, long group) {
        int index = regex.group(group);
        Matcher matcher = regex.matcher(text);
        return matcher.find() ? matcher.group(index) : null;
    }

    private static Long count(Matcher matcher) {
        long count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private static Long position(Regex regex, String text, long start, long occurrence) {
        if (start < 1) {
            throw Args.invalid("start position cannot be smaller than 1");
        }
        if (occurrence < 1) {
            throw Args.invalid("occurrence cannot be smaller than 1");
        }
        if (start > text.codePointCount(0, text.length())) {
            return -1L;
        }
        Matcher matcher = regex.matcher(text);
        boolean isFound = matcher.find(text.offsetByCodePoints(0, (int) start - 1));
        for (long i = 1; i < occurrence && isFound; i++) {
            isFound = matcher.find();
        }
        return isFound ? text.codePointCount(0, matcher.start()) + 1L : -1L;
    }
}
