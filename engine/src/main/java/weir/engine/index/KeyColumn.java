// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

/// A column of a segment that is about to be written, as an index takes it.
///
/// @param codes the code of each row, none negative; the array may be longer
/// @param base of a number column what is added to a code to give the number, and 0 is absent; of a
///   dictionary column 0
public record KeyColumn(int[] codes, long base) {}
