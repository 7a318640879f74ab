// SPDX-License-Identifier: Apache-2.0
/// What SQL can name: tables, their columns, and where their rows come from.
///
/// **Rule:** a catalog is one snapshot of a store; asking it twice gives the same answer.
@NullMarked
package weir.query.catalog;

import org.jspecify.annotations.NullMarked;
