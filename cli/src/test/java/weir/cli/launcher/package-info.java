// SPDX-License-Identifier: Apache-2.0
/// Tests of the script `weir`.
///
/// **Rule:** a copy of the script runs in a folder of the test's own; nothing is really built.
@NullMarked
package weir.cli.launcher;

import org.jspecify.annotations.NullMarked;
