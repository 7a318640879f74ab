// SPDX-License-Identifier: Apache-2.0
/// What lets a scan skip: zone maps and per-value bitmaps.
///
/// **Rule:** the only package that names RoaringBitmap. What an index says is exact or it says
/// nothing; absence of an index never excludes a row.
@NullMarked
package weir.engine.index;

import org.jspecify.annotations.NullMarked;
