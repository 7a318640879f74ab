// SPDX-License-Identifier: Apache-2.0
/// The segment file as bytes: header, sections, footer, trailer.
///
/// **Rule:** every offset, size, magic number and version of the file stands in
/// [weir.engine.format.SegmentLayout] and nowhere else.
@NullMarked
package weir.engine.format;

import org.jspecify.annotations.NullMarked;
