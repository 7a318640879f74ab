// SPDX-License-Identifier: Apache-2.0
package weir.query.answers;

import java.util.List;
import java.util.Set;
import weir.query.fault.QueryException.Code;

/// Compares failures: `ERROR name`, and where the place is known `ERROR name line:column`. The name
/// is Trino's in what Trino wrote, a [Code] in what Weir answers; the message is not compared.
final class Failures {
    /// What Trino's names mean among ours; a name that is not here is meant by any of [#REFUSED].
    private static final Set<String> VALUES =
            Set.of(
                    "DIVISION_BY_ZERO",
                    "NUMERIC_VALUE_OUT_OF_RANGE",
                    "INVALID_CAST_ARGUMENT",
                    "INVALID_FUNCTION_ARGUMENT",
                    "INVALID_LITERAL",
                    "INVALID_ARGUMENTS",
                    "INVALID_SPATIAL_PARTITIONING",
                    "SUBQUERY_MULTIPLE_ROWS",
                    "INVALID_WINDOW_FRAME",
                    "INVALID_ROW_FILTER",
                    "EXCEEDED_FUNCTION_MEMORY_LIMIT",
                    "GENERIC_USER_ERROR");

    private static final Set<String> REFUSED =
            Set.of(
                    Code.UNKNOWN_NAME.name(),
                    Code.TYPE_MISMATCH.name(),
                    Code.SYNTAX.name(),
                    Code.INVALID_VALUE.name());

    private Failures() {}

    /// Whether a failure of Weir's is what is expected: a name of its own, or one of Trino's.
    static boolean isSame(String expected, String actual) {
        List<String> left = List.of(expected.split(" ", -1));
        List<String> right = List.of(actual.split(" ", -1));
        return isSameKind(left.get(1), right.get(1)) && isSamePlace(left, right);
    }

    private static boolean isSameKind(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        return switch (expected) {
            case "SYNTAX_ERROR" -> actual.equals(Code.SYNTAX.name());
            case "NOT_SUPPORTED" -> actual.equals(Code.UNSUPPORTED.name()) || isRefusal(actual);
            case "COLUMN_NOT_FOUND", "TABLE_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND" ->
                    actual.equals(Code.UNKNOWN_NAME.name());
            case "INVALID_CAST_ARGUMENT", "DIVISION_BY_ZERO" ->
                    actual.equals(Code.INVALID_VALUE.name());
            default ->
                    VALUES.contains(expected)
                            ? actual.equals(Code.INVALID_VALUE.name())
                                    || actual.equals(Code.TYPE_MISMATCH.name())
                            : isRefusal(actual);
        };
    }

    private static boolean isRefusal(String name) {
        return REFUSED.contains(name);
    }

    private static boolean isSamePlace(List<String> expected, List<String> actual) {
        return expected.size() < 3 || (actual.size() > 2 && expected.get(2).equals(actual.get(2)));
    }
}
