// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import weir.engine.fault.StoreException;

/// A file that appears whole or not at all: written under a temporary name, forced, renamed, and
/// the directory forced. Confined to one thread.
public final class AtomicFile implements AutoCloseable {
    /// What the name of an unfinished file ends with.
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private long sizeBytes;
    private boolean isPublished;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /// Starts a file that will appear as `target`. What a killed writer left is removed, never
    /// written into: it may be a link to a file of somebody else.
    ///
    /// @throws StoreException when the directory cannot be written
    public static AtomicFile create(Path target) {
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY_SUFFIX);
        try {
            Files.deleteIfExists(temporary);
            return new AtomicFile(
                    target,
                    temporary,
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be created", e);
        }
    }

    /// How many bytes were written.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Appends everything in `sink`.
    public void write(ByteSink sink) {
        ByteBuffer bytes = ByteBuffer.wrap(sink.array(), 0, sink.size());
        try {
            while (bytes.hasRemaining()) {
                sizeBytes += channel.write(bytes);
            }
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be written", e);
        }
    }

    /// Makes the bytes durable and gives the file its name. The name itself survives a power cut
    /// only after [#forceDirectory], which one call may do for many files.
    public void publish() {
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            isPublished = true;
        } catch (IOException e) {
            throw StoreException.io(target, "cannot be published", e);
        }
    }

    /// Makes the names in `directory` durable.
    public static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw StoreException.io(directory, "cannot be forced to disk", e);
        }
    }

    /// Deletes what was written unless it was published.
    @Override
    public void close() {
        if (isPublished) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be removed", e);
        }
    }
}
