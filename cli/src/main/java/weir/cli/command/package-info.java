// SPDX-License-Identifier: Apache-2.0
/// The commands, their options and how their failures are worded.
///
/// **Rule:** the only package that names picocli. A command turns options into calls of the façades
/// of ingest, query and engine, and their failures into one message and an exit code; the work
/// itself is elsewhere.
@NullMarked
package weir.cli.command;

import org.jspecify.annotations.NullMarked;
