// SPDX-License-Identifier: Apache-2.0
/// Files of a user's own as tables of a query: who owns which subnet, which addresses are bad.
///
/// **Rule:** the only package naming commons-csv and Jackson; a file is read whole, and what in it
/// is no table is told with the line.
@NullMarked
package weir.query.lookup;

import org.jspecify.annotations.NullMarked;
