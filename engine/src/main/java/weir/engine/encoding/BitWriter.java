// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;

/// Appends numbers of any width to a sink, the first in the lowest bits of the first 64-bit word.
/// Confined to one thread.
final class BitWriter {
    private final ByteSink sink;
    private long word;
    private int used;

    /// @param bitsMax bits that will be put at most
    BitWriter(ByteSink sink, long bitsMax) {
        this.sink = sink;
        sink.reserve((bitsMax + 63) / 64 * Long.BYTES);
    }

    /// Appends the number `code`, which has no bits above `width`.
    void put(long code, int width) {
        word |= code << used;
        used += width;
        if (used >= 64) {
            sink.putLong(word);
            used -= 64;
            word = used == 0 ? 0 : code >>> (width - used);
        }
    }

    /// Appends what does not fill a word.
    void finish() {
        if (used > 0) {
            sink.putLong(word);
        }
    }
}
