// SPDX-License-Identifier: Apache-2.0
/// Proves a store: every byte of its files, and everything that is said of the rows against the
/// rows themselves.
///
/// **Rule:** nothing stops at the first damage; each is a [Finding]. What can be computed from the
/// rows is computed anew and compared, never believed.
@NullMarked
package weir.engine.verify;

import org.jspecify.annotations.NullMarked;
