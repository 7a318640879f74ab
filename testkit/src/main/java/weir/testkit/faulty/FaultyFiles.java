// SPDX-License-Identifier: Apache-2.0
package weir.testkit.faulty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Damages existing files in place. Stateless; nothing is forced to the disk.
///
/// Every method throws IllegalArgumentException for a place outside the file, with the legal range,
/// and IOException when the file can not be changed.
public final class FaultyFiles {

    private FaultyFiles() {}

    /// Cuts the file to a size, as a copy that was broken off.
    ///
    /// @param sizeBytes 0 to the present size
    public static void truncate(Path file, long sizeBytes) throws IOException {
        try (FileChannel channel = open(file)) {
            inRange("sizeBytes", sizeBytes, channel.size());
            channel.truncate(sizeBytes);
        }
    }

    /// Turns one bit over.
    ///
    /// @param bit 0 to eight times the size, less one; bit 0 is the lowest of the first byte
    public static void flipBit(Path file, long bit) throws IOException {
        try (FileChannel channel = open(file)) {
            inRange("bit", bit, channel.size() * 8 - 1);
            ByteBuffer one = ByteBuffer.allocate(1);
            readFully(channel, one, bit >>> 3);
            one.put(0, (byte) (one.get(0) ^ (1 << (bit & 7))));
            one.rewind();
            writeFully(channel, one, bit >>> 3);
        }
    }

    /// Overwrites a range with zeros, as a block that never reached the disk.
    ///
    /// @param offsetBytes start of the range
    /// @param lengthBytes its length; the range ends within the file
    public static void zero(Path file, long offsetBytes, int lengthBytes) throws IOException {
        overwrite(file, offsetBytes, new byte[lengthBytes]);
    }

    /// Overwrites bytes, for crafted lengths and offsets; the file keeps its size.
    ///
    /// @param offsetBytes where; the bytes end within the file
    public static void overwrite(Path file, long offsetBytes, byte[] bytes) throws IOException {
        try (FileChannel channel = open(file)) {
            inRange("offsetBytes", offsetBytes, channel.size() - bytes.length);
            writeFully(channel, ByteBuffer.wrap(bytes), offsetBytes);
        }
    }

    /// Adds bytes of one value at the end, as a file that was preallocated or written twice.
    public static void extend(Path file, int lengthBytes, byte value) throws IOException {
        byte[] tail = new byte[lengthBytes];
        Arrays.fill(tail, value);
        Files.write(file, tail, StandardOpenOption.APPEND);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long offset)
            throws IOException {
        while (into.hasRemaining()) {
            int done = into.position();
            if (channel.read(into, offset + done) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long offset)
            throws IOException {
        while (from.hasRemaining()) {
            int done = from.position();
            if (channel.write(from, offset + done) <= 0) {
                throw new IOException("the file refused bytes");
            }
        }
    }

    private static void inRange(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + " is 0 to " + most + ", not " + value);
        }
    }
}
