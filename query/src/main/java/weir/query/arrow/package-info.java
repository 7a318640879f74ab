// SPDX-License-Identifier: Apache-2.0
/// Results as Arrow batches.
///
/// **Rule:** the only package that names Arrow. Dictionaries stay dictionaries.
@NullMarked
package weir.query.arrow;

import org.jspecify.annotations.NullMarked;
