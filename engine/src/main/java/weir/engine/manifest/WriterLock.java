// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import weir.engine.memory.FileLayer;

/// The lock on a store's lock file, held until it is closed. Closing it twice does no harm.
///
/// A process has one lock on a file however many channels it opens, and loses it when it closes any
/// of them. So no second channel is ever opened: the files locked here are known by their paths.
final class WriterLock implements AutoCloseable {
    private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    private WriterLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Locks the file called `name` in `directory`, which is made when it is missing; gives null
    /// when another has it.
    static @Nullable WriterLock tryLock(FileLayer files, Path directory, String name)
            throws IOException {
        Path path = directory.toRealPath().resolve(name);
        if (!LOCKED.add(path)) {
            return null;
        }
        WriterLock lock = null;
        try {
            lock = tryLockFile(files, path);
            return lock;
        } finally {
            if (lock == null) {
                LOCKED.remove(path);
            }
        }
    }

    private static @Nullable WriterLock tryLockFile(FileLayer files, Path path) throws IOException {
        FileChannel channel = files.openLock(path);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? null : new WriterLock(path, channel);
        } catch (OverlappingFileLockException e) {
            return null; // locked by this process, but not from here
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (isOpen.getAndSet(false)) {
            try {
                channel.close();
            } finally {
                LOCKED.remove(path);
            }
        }
    }
}
