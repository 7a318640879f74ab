// SPDX-License-Identifier: Apache-2.0
/// The command line: where the process starts.
///
/// **Rule:** results go to standard output and everything else to standard error; nothing below
/// this package decides how the process ends.
@NullMarked
package weir.cli;

import org.jspecify.annotations.NullMarked;
