// SPDX-License-Identifier: Apache-2.0
/// Trino in this process, asked what Weir is asked.
///
/// **Rule:** tests only; the one place that knows Trino beyond its parser.
@NullMarked
package weir.judge;

import org.jspecify.annotations.NullMarked;
