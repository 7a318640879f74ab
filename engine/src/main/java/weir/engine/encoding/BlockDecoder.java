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
    void decodeInts(int batch, int[] codes);

    /// The same for codes of any width.
    void decodeLongs(int batch, long[] codes);

    /// [#decodeInts] by way of [#decodeLongs] and the scratch `longs`, which is made when it is too
    /// short; gives the scratch.
    static long[] narrowed(BlockDecoder decoder, int batch, long[] longs, int[] codes) {
        long[] scratch = longs.length == 0 ? new long[Limits.BATCH_ROWS] : longs;
        decoder.decodeLongs(batch, scratch);
        for (int i = 0; i < Limits.BATCH_ROWS; i++) {
            codes[i] = (int) scratch[i];
        }
        return scratch;
    }
}
