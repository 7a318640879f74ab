// SPDX-License-Identifier: Apache-2.0
/// Results as Arrow batches.
///
/// **Rule:** the only package that names Arrow, and loaded only when Arrow is asked for.
@NullMarked
package weir.query.arrow;

import org.jspecify.annotations.NullMarked;
