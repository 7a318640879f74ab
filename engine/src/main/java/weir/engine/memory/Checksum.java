// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.util.zip.CRC32C;

/// CRC32C of a range of bytes; the one place that names the algorithm. Confined to one thread.
public final class Checksum {
    private final CRC32C crc = new CRC32C();

    Checksum() {}

    /// The checksum of `bytes[from, to)`.
    public static int of(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    void add(byte[] bytes, int count) {
        crc.update(bytes, 0, count);
    }

    int value() {
        return (int) crc.getValue();
    }
}
