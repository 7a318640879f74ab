// SPDX-License-Identifier: Apache-2.0
/// How a plan is computed: batches through operators, expressions once per dictionary value.
///
/// **Rule:** every loop over rows can be stopped, and every row kept is counted against the memory
/// limit.
@NullMarked
package weir.query.exec;

import org.jspecify.annotations.NullMarked;
