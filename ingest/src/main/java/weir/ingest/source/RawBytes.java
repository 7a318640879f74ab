// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import weir.ingest.unpack.Packing;
import weir.ingest.unpack.ZipMembers;

/// The bytes of an input as they are, with a look at the first of them. Confined to one thread.
///
/// Files are read, not mapped: a file that someone cuts short while it is mapped faults the whole
/// process; a read just ends.
final class RawBytes implements AutoCloseable {
    /// Bytes that are looked at: the names of a header line, and what may stand before it.
    static final int HEAD_BYTES = 4096;

    private final ReadableByteChannel channel;
    private final byte[] head = new byte[HEAD_BYTES];
    private int headSize;
    private int headAt;
    private long consumedBytes;

    private RawBytes(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// Opens `file` at byte `offset`.
    static RawBytes open(InputFile file, long offset) throws IOException {
        if (file.path() == null) {
            return new RawBytes(Channels.newChannel(System.in)).withHead();
        }
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        try {
            channel.position(offset);
            return new RawBytes(channel).withHead();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private RawBytes withHead() throws IOException {
        while (headSize < HEAD_BYTES) {
            int count = channel.read(ByteBuffer.wrap(head, headSize, HEAD_BYTES - headSize));
            if (count < 0) {
                break;
            }
            headSize += count;
        }
        return this;
    }

    /// Whether the input begins as a gzip member does.
    boolean isGzip() {
        return headSize >= 2 && head[0] == (byte) 0x1f && head[1] == (byte) 0x8b;
    }

    /// Whether the input begins as a zip archive does.
    boolean isZip() {
        return ZipMembers.isZip(head, headSize);
    }

    /// How the input is packed, when it is packed by itself.
    Optional<Packing> packing() {
        return Packing.of(head, headSize);
    }

    /// The form that the first bytes tell.
    Form guess() {
        return Form.of(head, headSize);
    }

    /// Puts at most `size` bytes at `to[from]` and gives how many, -1 at the end.
    int read(byte[] to, int from, int size) throws IOException {
        int count;
        if (headAt < headSize) {
            count = Math.min(size, headSize - headAt);
            System.arraycopy(head, headAt, to, from, count);
            headAt += count;
        } else {
            count = channel.read(ByteBuffer.wrap(to, from, size));
        }
        consumedBytes += Math.max(0, count);
        return count;
    }

    long consumedBytes() {
        return consumedBytes;
    }

    @Override
    public void close() throws IOException {
        // Standard input belongs to the process.
        if (channel instanceof FileChannel) {
            channel.close();
        }
    }
}
