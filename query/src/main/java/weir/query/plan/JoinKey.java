// SPDX-License-Identifier: Apache-2.0
package weir.query.plan;

import weir.query.expr.Expr;

/// Two expressions of one type that are equal in the rows of a join.
///
/// @param left over the columns of the left input
/// @param right over the columns of the right input
/// @param isNullSafe whether NULL equals NULL, and NaN equals NaN
public record JoinKey(Expr left, Expr right, boolean isNullSafe) {}
