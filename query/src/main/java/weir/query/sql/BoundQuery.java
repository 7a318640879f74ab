// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import weir.query.expr.Expr;
import weir.query.plan.LogicalPlan;

/// A relation and what its columns are called.
///
/// @param plan its rows
/// @param scope its columns, over the output of `plan`
record BoundQuery(LogicalPlan plan, Scope scope) {

    /// A relation whose columns are the output of `plan`, behind `qualifier`.
    static BoundQuery of(LogicalPlan plan, List<String> qualifier) {
        List<Scope.Column> columns = new ArrayList<>();
        for (LogicalPlan.Field field : plan.output()) {
            Expr value = new Expr.Input(columns.size(), field.type());
            columns.add(new Scope.Column(qualifier, field.name(), false, value));
        }
        return new BoundQuery(plan, new Scope(columns));
    }

    /// The same, where the columns called `names` are left out of `*`.
    BoundQuery hiding(Set<String> names) {
        List<Scope.Column> columns = new ArrayList<>();
        for (Scope.Column column : scope.columns()) {
            boolean isHidden = column.isHidden() || names.contains(column.name());
            columns.add(
                    new Scope.Column(column.qualifier(), column.name(), isHidden, column.value()));
        }
        return new BoundQuery(plan, new Scope(columns));
    }
}
