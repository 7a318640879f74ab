// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// CRC32C of a range of bytes; the one place that names the algorithm.
public final class Checksum {
    private Checksum() {}

    /// The checksum of `bytes[from, to)`.
    public static int of(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
