// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import java.util.List;
import java.util.stream.Collectors;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Parts of values: `r.x`, `r[1]`, `a[1]`, `m['k']`.
final class Fields {
    private Fields() {}

    /// The field of `base` called `name`, in any case.
    static Expr named(Node node, Expr base, String name) {
        if (base.type() instanceof SqlType.Row row) {
            for (int i = 0; i < row.fields().size(); i++) {
                if (name.equalsIgnoreCase(row.fields().get(i).name())) {
                    return field(base, row, i);
                }
            }
        }
        throw Problem.unknown(
                node,
                "Column reference '"
                        + name
                        + "' is invalid: "
                        + (base.type() instanceof SqlType.Row row
                                ? "the row has " + names(row)
                                : base.type().displayName() + " has no fields"));
    }

    private static String names(SqlType.Row row) {
        List<String> names =
                row.fields().stream()
                        .map(field -> String.valueOf(field.name()))
                        .filter(name -> !name.equals("null"))
                        .toList();
        return names.isEmpty()
                ? "no names; write r[1]"
                : names.stream().collect(Collectors.joining(", ", "the fields ", ""));
    }

    private static Expr field(Expr base, SqlType.Row row, int index) {
        return new Expr.Call(
                ScalarFunction.FIELD,
                List.of(base, new Expr.Literal(BasicType.INTEGER, (long) index)),
                row.fields().get(index).type());
    }

    /// `base[index]`.
    static Expr subscript(Node node, Expr base, Expression indexNode, Expr index) {
        return switch (base.type()) {
            case SqlType.Row row -> rowSubscript(base, row, indexNode);
            case SqlType.Array array -> {
                boolean fits = index.type().isInteger() || index.type() == BasicType.UNKNOWN;
                yield fits
                        ? call(base, TypeCoercion.coerce(index, BasicType.BIGINT), array.element())
                        : refused(node, base, index);
            }
            case SqlType.MapOf map -> {
                SqlType key = TypeCoercion.common(map.key(), index.type());
                yield key == null
                        ? refused(node, base, index)
                        : call(
                                TypeCoercion.coerce(base, new SqlType.MapOf(key, map.value())),
                                TypeCoercion.coerce(index, key),
                                map.value());
            }
            default -> refused(node, base, index);
        };
    }

    private static Expr call(Expr base, Expr index, SqlType result) {
        return new Expr.Call(ScalarFunction.SUBSCRIPT, List.of(base, index), result);
    }

    private static Expr refused(Node node, Expr base, Expr index) {
        throw Problem.mismatch(
                node,
                "Cannot use "
                        + index.type().displayName()
                        + " for subscript of "
                        + base.type().displayName());
    }

    private static Expr rowSubscript(Expr base, SqlType.Row row, Expression indexNode) {
        if (!(indexNode instanceof LongLiteral literal)) {
            throw Problem.mismatch(
                    indexNode, "Subscript expression on ROW requires a constant index");
        }
        long index = literal.getParsedValue();
        if (index < 1) {
            throw Problem.mismatch(
                    indexNode, "Invalid subscript index: " + index + ". ROW indices start at 1");
        }
        if (index > row.fields().size()) {
            throw Problem.mismatch(
                    indexNode,
                    "Subscript index out of bounds: "
                            + index
                            + ", max value is "
                            + row.fields().size());
        }
        return field(base, row, (int) index - 1);
    }
}
