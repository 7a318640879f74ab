// SPDX-License-Identifier: Apache-2.0
/// Statements that change a store: views and tables that are made of queries.
///
/// **Rule:** each change is one commit under the writer's lock; what is checked is checked under
/// it.
@NullMarked
package weir.query.change;

import org.jspecify.annotations.NullMarked;
