// SPDX-License-Identifier: Apache-2.0
/// Weir against DuckDB on the same data, in the same run.
///
/// **Rule:** answers are compared before a time is printed; the only package that names DuckDB, and
/// only through JDBC, in a process of its own.
@NullMarked
package weir.bench.compare;

import org.jspecify.annotations.NullMarked;
