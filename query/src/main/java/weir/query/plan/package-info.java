// SPDX-License-Identifier: Apache-2.0
/// What to compute: a tree of relational operators, and the rules that improve it.
///
/// **Rule:** pure; a rule turns a plan into another that gives the same rows.
@NullMarked
package weir.query.plan;

import org.jspecify.annotations.NullMarked;
