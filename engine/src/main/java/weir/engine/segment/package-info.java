// SPDX-License-Identifier: Apache-2.0
/// One immutable file of rows: built in memory, written once, read through a mapping.
///
/// **Rule:** builders belong to one thread; readers serve any number of threads; everything read is
/// checked against its checksum at first touch.
@NullMarked
package weir.engine.segment;

import org.jspecify.annotations.NullMarked;
