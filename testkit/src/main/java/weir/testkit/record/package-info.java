// SPDX-License-Identifier: Apache-2.0

/// The flow log record as AWS documents it: the fields of versions 2 to 11, formats made of them,
/// and the text form of addresses.
///
/// **Rule:** facts only. Nothing here generates, reads or computes; both the generator and the
/// reference stand on it, and it stands on nothing.
@NullMarked
package weir.testkit.record;

import org.jspecify.annotations.NullMarked;
