// SPDX-License-Identifier: Apache-2.0
/// Segments into fewer segments: which are merged, and how rows move from one to another.
///
/// **Rule:** reads segments and fills builders, plans with numbers; opens no store and publishes
/// nothing. Rows come out exactly as they went in, whatever the order.
@NullMarked
package weir.engine.compact;

import org.jspecify.annotations.NullMarked;
