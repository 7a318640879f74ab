// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parquet;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    private final Path path;
    private final FileChannel channel;
    private final long sizeBytes;
    private final AtomicLong askedBytes = new AtomicLong();

    ChannelFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.sizeBytes = channel.size();
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
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
