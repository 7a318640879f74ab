// SPDX-License-Identifier: Apache-2.0
/// Pruned reading: predicates against zone maps, dictionaries, bitmaps, then codes.
///
/// **Rule:** sound first. A verdict of NONE needs proof; missing information means SOME.
@NullMarked
package weir.engine.scan;

import org.jspecify.annotations.NullMarked;
