// SPDX-License-Identifier: Apache-2.0
/// The library of scalar functions: for each its names, signatures, NULL rule, one line of
/// description and what it computes, as data.
///
/// A file for each kind of function. To add one is to add a definition to the list of its kind;
/// names, argument types, results and messages are Trino's, and what is ours says so.
///
/// **Rule:** definitions over values; nothing here knows of SQL text, plans or vectors.
@NullMarked
package weir.query.function;

import org.jspecify.annotations.NullMarked;
