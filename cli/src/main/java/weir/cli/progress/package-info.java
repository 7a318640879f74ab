// SPDX-License-Identifier: Apache-2.0
/// How far a long command is, as a bar on the terminal of a person.
///
/// **Rule:** the only package that names `me.tongfei.progressbar`, and of its classes only
/// `ProgressBars` does, so that a run without a bar loads none of them; standard error only.
@NullMarked
package weir.cli.progress;

import org.jspecify.annotations.NullMarked;
