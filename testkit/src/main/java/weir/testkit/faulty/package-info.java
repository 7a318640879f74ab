// SPDX-License-Identifier: Apache-2.0

/// Damage for tests: what disks, copies and hostile hands do to files.
///
/// **Rule:** every act is exact and repeatable; the caller chooses the place (from a seed, or all
/// places in turn), nothing here draws a random number.
@NullMarked
package weir.testkit.faulty;

import org.jspecify.annotations.NullMarked;
