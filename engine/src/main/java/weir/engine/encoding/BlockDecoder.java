// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.fault.Limits;

/// Reads the codes of one encoded block, a batch of 2,048 rows at a time. Belongs to one thread;
/// keeps no more than a few batches of scratch.
public interface BlockDecoder {
    /// Whether every code fits 31 bits, so that [#decodeInts] may be called.
    boolean fitsInts();

    /// Decodes batch `batch` (rows `2048 * batch` and on) into `codes` from index 0. Entries behind
    /// the block's last row are unspecified.
    ///
    /// @param codes 2,048 of them; as many as the block has rows are enough where it refers to no
    ///   other column
    void decodeInts(int batch, int[] codes);

    /// The same for codes of any width.
    void decodeLongs(int batch, long[] codes);

    /// Tests the codes of a batch without decoding each of them, in forms that say many rows at
    /// once: sets `flags[i]` to 1 for the rows that pass and to 0 for the others. Gives false where
    /// decoding is as good, and then `flags` are unspecified.
    ///
    /// @param filter may be asked of codes that no row of the batch has
    /// @param flags 2,048 of them
    default boolean test(int batch, CodeFilter filter, int[] flags) {
        return false;
    }

    /// How many rows batch `batch` of a block of `rowCount` rows has.
    static int batchRows(int rowCount, int batch) {
        return Math.min(Limits.BATCH_ROWS, rowCount - batch * Limits.BATCH_ROWS);
    }

    /// Room for the codes of a batch of a block of `rowCount` rows.
    static int[] scratch(int rowCount) {
        return new int[Math.min(rowCount, Limits.BATCH_ROWS)];
    }
}
