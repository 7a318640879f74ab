// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.fault.QueryException;

/// Finds what the names of one SELECT mean, and remembers where each column was named.
final class Names {
    private final Scope source;
    private final @Nullable Correlation enclosing;
    private @Nullable Scope aliases;
    private final IdentityHashMap<Expr, Node> places = new IdentityHashMap<>();

    Names(Scope source) {
        this(source, null);
    }

    /// @param enclosing the query around this one, whose columns are named where FROM has none;
    ///   null when there is no such query
    Names(Scope source, @Nullable Correlation enclosing) {
        this.source = source;
        this.enclosing = enclosing;
    }

    /// The columns of FROM.
    Scope source() {
        return source;
    }

    /// Makes known what the SELECT list calls its expressions.
    void setAliases(Scope scope) {
        aliases = scope;
    }

    /// Where the input column `input`, this very object, was named; null when it was not.
    @Nullable Node placeOf(Expr.Input input) {
        return places.get(input);
    }

    /// What FROM calls the input column `input`.
    String describe(Expr.Input input) {
        for (Scope.Column column : source.columns()) {
            if (column.value().equals(input)) {
                return column.name();
            }
        }
        return "column " + (input.index() + 1);
    }

    /// Whether `prefix.name` is a column, or an alias of the SELECT list.
    boolean isKnown(List<String> prefix, Identifier name) {
        Scope known = aliases;
        return !source.find(prefix, name.getValue()).isEmpty()
                || (known != null && !known.find(prefix, name.getValue()).isEmpty());
    }

    /// The expression that `prefix.name` means, standing at `node` in `clause`.
    Expr resolve(
            Node node, List<String> prefix, Identifier name, Clause clause, boolean isInAggregate) {
        Expr value = find(node, prefix, name, clause, isInAggregate);
        if (value == null) {
            throw unknown(node, prefix, name, clause);
        }
        return value;
    }

    /// The same, null where nothing has that name.
    @Nullable Expr find(
            Node node, List<String> prefix, Identifier name, Clause clause, boolean isInAggregate) {
        Scope first = aliases;
        List<Scope.Column> found = List.of();
        if (first != null && clause == Clause.ORDER_BY && !isInAggregate && prefix.isEmpty()) {
            found = first.find(prefix, name.getValue());
        }
        if (found.isEmpty()) {
            found = source.find(prefix, name.getValue());
        }
        if (found.isEmpty()) {
            return enclosing == null ? null : enclosing.find(node, prefix, name);
        }
        Expr value = found.getFirst().value();
        if (found.stream().anyMatch(other -> !other.value().equals(value))) {
            throw Problem.unknown(node, "Column '" + name.getValue() + "' is ambiguous");
        }
        return placed(value, node);
    }

    /// A copy of `value` whose input columns are remembered to stand at `node`.
    Expr placed(Expr value, Node node) {
        return ExprTree.mapInputs(
                value,
                input -> {
                    Expr.Input copy = new Expr.Input(input.index(), input.type());
                    Node known = places.get(input);
                    places.put(copy, known == null ? node : known);
                    return copy;
                });
    }

    private QueryException unknown(Node node, List<String> prefix, Identifier name, Clause clause) {
        if (enclosing != null && !prefix.isEmpty() && !source.hasQualifier(prefix)) {
            return enclosing.outer().unknown(node, prefix, name, clause);
        }
        List<String> parts = new ArrayList<>(prefix);
        parts.add(name.getValue());
        String message = "Column '" + String.join(".", parts) + "' cannot be resolved";
        if (!prefix.isEmpty() && !source.hasQualifier(prefix)) {
            return Problem.unknown(
                    node,
                    message
                            + "; FROM names no "
                            + String.join(".", prefix)
                            + (source.find(List.of(), name.getValue()).isEmpty()
                                    ? ""
                                    : ", write " + NearNames.quoted(name.getValue())));
        }
        if (clause.isBlindToAliases()
                && aliases != null
                && !aliases.find(List.of(), name.getValue()).isEmpty()) {
            return Problem.unknown(
                    node,
                    message
                            + "; it is an alias of the SELECT list, which "
                            + clause.text()
                            + " does not see: repeat the expression");
        }
        String near = source.nearest(name.getValue());
        if (near == null && name.isDelimited()) {
            return Problem.unknown(
                    node, message + "; a text stands in single quotes: '" + name.getValue() + "'");
        }
        return Problem.unknown(
                node,
                near == null
                        ? message
                        : message + "; did you mean " + NearNames.quoted(near) + "?");
    }

    /// Refuses `pkt-srcaddr`, which SQL reads as a difference, where `pkt_srcaddr` is a column.
    void requireNoHyphenatedName(Node node, List<? extends Expression> terms) {
        List<String> parts = new ArrayList<>();
        boolean isUnknown = false;
        for (Expression term : terms) {
            if (!(term instanceof Identifier identifier)) {
                return;
            }
            parts.add(identifier.getValue());
            isUnknown |= source.find(List.of(), identifier.getValue()).isEmpty();
        }
        String joined = String.join("_", parts);
        if (isUnknown && !source.find(List.of(), joined).isEmpty()) {
            throw Problem.unknown(
                    node, "Column '" + String.join("-", parts) + "' is called " + joined + " here");
        }
    }
}
