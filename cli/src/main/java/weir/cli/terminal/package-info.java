// SPDX-License-Identifier: Apache-2.0
/// The process's standard streams and what is at their other ends.
///
/// **Rule:** the only package that names the standard streams of the JVM; it knows of no command.
@NullMarked
package weir.cli.terminal;

import org.jspecify.annotations.NullMarked;
