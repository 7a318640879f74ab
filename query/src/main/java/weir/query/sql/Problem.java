// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import java.util.Locale;
import weir.query.fault.QueryException;
import weir.query.fault.QueryException.Code;

/// Failures of binding, each with the place of the syntax it is about.
final class Problem {
    private Problem() {}

    /// A failure at the place of `node`.
    static QueryException at(Node node, Code code, String message) {
        NodeLocation location = node.getLocation().orElse(null);
        return location == null
                ? new QueryException(code, message)
                : new QueryException(
                        code, message, location.getLineNumber(), location.getColumnNumber());
    }

    /// Types that do not go together.
    static QueryException mismatch(Node node, String message) {
        return at(node, Code.TYPE_MISMATCH, message);
    }

    /// A name that nothing has, or a reference that means nothing here.
    static QueryException unknown(Node node, String message) {
        return at(node, Code.UNKNOWN_NAME, message);
    }

    /// A construct that is not run.
    static QueryException unsupported(Node node, String what) {
        return at(node, Code.UNSUPPORTED, what + " is not supported yet");
    }

    /// A construct that is not run, and what is.
    static QueryException unsupported(Node node, String what, String instead) {
        return at(node, Code.UNSUPPORTED, what + " is not supported yet; " + instead);
    }

    /// A construct that is not run, called by the name of its syntax node.
    static QueryException unsupported(Node node) {
        return unsupported(node, nameOf(node));
    }

    /// What SQL calls this kind of syntax: `JsonExists` is `JSON_EXISTS`, a `CreateView` statement
    /// is `CREATE VIEW`.
    static String nameOf(Node node) {
        String kind = node.getClass().getSimpleName();
        String name =
                switch (kind) {
                    case "Array" -> "ARRAY[...]";
                    case "BinaryLiteral" -> "A binary literal";
                    case "CurrentTime" -> "CURRENT_TIME";
                    case "ExistsPredicate" -> "EXISTS (subquery)";
                    case "GroupingOperation" -> "GROUPING(...)";
                    case "LambdaExpression" -> "A lambda expression";
                    case "LocalTime" -> "LOCALTIME";
                    case "PatternRecognitionRelation" -> "MATCH_RECOGNIZE";
                    case "QuantifiedComparisonPredicate" -> "A comparison with ALL, ANY or SOME";
                    case "Row" -> "A ROW value";
                    case "SampledRelation" -> "TABLESAMPLE";
                    case "SubqueryExpression" -> "A subquery as a value";
                    case "SubscriptExpression" -> "A subscript [...]";
                    case "TableFunctionInvocation" -> "TABLE(function)";
                    default -> "";
                };
        if (!name.isEmpty()) {
            return name;
        }
        boolean isStatement = node instanceof io.trino.sql.tree.Statement;
        return kind.replaceAll("(Expression|Predicate|Relation)$", "")
                .replaceAll("([a-z])([A-Z])", isStatement ? "$1 $2" : "$1_$2")
                .toUpperCase(Locale.ROOT);
    }
}
