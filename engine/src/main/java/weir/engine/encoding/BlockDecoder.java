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

    /// Room for the codes of a batch of a block of `rowCount` rows.
    static int[] scratch(int rowCount) {
        return new int[Math.min(rowCount, Limits.BATCH_ROWS)];
    }
}
