// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// A piece of the work that needs no other piece: part of one aggregation window.
///
/// @param window number of the window since the start
/// @param part which part of the window, from 0
/// @param parts how many parts the window has
/// @param records how many records this part gives
record Slice(long window, int part, int parts, int records) {}
