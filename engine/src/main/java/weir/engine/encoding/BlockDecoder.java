// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.function.LongPredicate;
import weir.engine.fault.Limits;

/// Reads the codes of one encoded block, a batch of 2,048 rows at a time. Belongs to one thread;
/// keeps no more than a few batches of scratch.
public interface BlockDecoder {
    /// What [#batches] gives where nothing is known: every batch.
    int ALL_BATCHES = -1;

    /// Whether every code fits 31 bits, so that [#decodeInts] may be called.
    boolean fitsInts();

    /// Decodes batch `batch` (rows `2048 * batch` and on) into `codes` from index 0. Entries behind
    /// the block's last row are unspecified.
    void decodeInts(int batch, int[] codes);

    /// The same for codes of any width.
    void decodeLongs(int batch, long[] codes);

    /// Which batches may have a row whose code passes `test`: bit `b` is 0 only where batch `b` has
    /// none for certain. Asked of forms that can tell without decoding every row; the others know
    /// nothing.
    default int batches(LongPredicate test) {
        return ALL_BATCHES;
    }

    /// The batches that rows `[from, to)` of a block are in, one bit each.
    static int batchesOf(int from, int to) {
        int first = from / Limits.BATCH_ROWS;
        int last = (to - 1) / Limits.BATCH_ROWS;
        return (-1 >>> (31 - last)) & (-1 << first);
    }

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
