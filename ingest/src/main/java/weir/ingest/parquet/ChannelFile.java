// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parquet;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// A file as Hardwood reads it. Files are read, not mapped: one that is cut short while it is
/// mapped would fault the process. Safe for many threads.
///
/// Over broken bytes Hardwood may ask for the same range for ever, also for one of no bytes:
/// reading ends when it asked for far more than a file has.
final class ChannelFile implements InputFile {
    /// What a call counts for beside the bytes that it asks for.
    private static final long CALL_BYTES = 1 << 10;

    /// How often everything may be asked for.
    private static final long ASKED_MAX = 64;

    private final String name;
    private final FileChannel channel;
    private final long sizeBytes;
    private final AtomicLong askedBytes = new AtomicLong();

    private ChannelFile(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.sizeBytes = channel.size();
    }

    /// The file at `path`.
    static ChannelFile open(Path path) throws IOException {
        return new ChannelFile(path.toString(), FileChannel.open(path, StandardOpenOption.READ));
    }

    /// What `bytes` give, in a temporary file that is gone when this is closed or the process ends.
    ///
    /// @throws IOException when it is more than `sizeBytesMax`, or there is no room for it
    static ChannelFile copied(InputStream bytes, long sizeBytesMax) throws IOException {
        FileChannel channel = temporary();
        try {
            copy(bytes, channel, sizeBytesMax);
            return new ChannelFile("Parquet", channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel temporary() throws IOException {
        try {
            return FileChannel.open(
                    Files.createTempFile("weir-", ".parquet"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static void copy(InputStream bytes, FileChannel to, long sizeBytesMax)
            throws IOException {
        byte[] piece = new byte[1 << 16];
        long sizeBytes = 0;
        for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
            sizeBytes += count;
            if (sizeBytes > sizeBytesMax) {
                throw new IOException(
                        "Parquet that does not lie in a file of its own may have %,d bytes,"
                                        .formatted(sizeBytesMax)
                                + " and this has more: unpack it into a file");
            }
            ByteBuffer left = ByteBuffer.wrap(piece, 0, count);
            while (left.hasRemaining()) {
                try {
                    to.write(left);
                } catch (IOException e) {
                    throw noRoom(e);
                }
            }
        }
    }

    private static IOException noRoom(IOException cause) {
        return new IOException(
                "Parquet that does not lie in a file of its own needs a temporary file in "
                        + System.getProperty("java.io.tmpdir")
                        + " (TMPDIR names another folder): "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void open() {}

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > sizeBytes - length) {
            throw new EOFException(
                    "bytes %d to %d are named, the file has %d"
                            .formatted(offset, offset + length, sizeBytes));
        }
        if (askedBytes.addAndGet(length + CALL_BYTES) / ASKED_MAX > sizeBytes + CALL_BYTES) {
            throw new IOException("its parts refer to one another without end");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut short while it was read");
            }
        }
        return bytes.flip();
    }

    @Override
    public long length() {
        return sizeBytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
