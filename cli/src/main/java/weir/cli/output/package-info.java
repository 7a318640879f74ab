// SPDX-License-Identifier: Apache-2.0
/// Results as text: one writer for each format, straight from the vectors of a result.
///
/// **Rule:** batches stream through; no writer keeps more rows than the few it needs to lay out a
/// table. What came from a log never reaches a terminal as a control character.
@NullMarked
package weir.cli.output;

import org.jspecify.annotations.NullMarked;
