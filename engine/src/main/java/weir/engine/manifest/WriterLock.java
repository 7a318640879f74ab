// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import weir.engine.memory.FileLayer;

/// The lock on a store's lock file, held until it is closed. Closing it twice does no harm. While
/// it is held the file says by whom.
///
/// A process has one lock on a file however many channels it opens, and loses it when it closes any
/// of them. So no second channel is ever opened: the files locked here are known by their paths.
final class WriterLock implements AutoCloseable {
    private static final Map<Path, LockHolder> LOCKED = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    private WriterLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// What asking for a lock gave.
    sealed interface Attempt {
        /// The lock.
        record Taken(WriterLock lock) implements Attempt {}

        /// Somebody else has it.
        ///
        /// @param holder who; null when that is not known
        /// @param isThisProcess whether it is another writer of this process
        record Refused(@Nullable LockHolder holder, boolean isThisProcess) implements Attempt {}
    }

    /// Locks the file called `name` in `directory`, which is made when it is missing, for `holder`.
    static Attempt tryLock(FileLayer files, Path directory, String name, LockHolder holder)
            throws IOException {
        Path path = directory.toRealPath().resolve(name);
        LockHolder known = LOCKED.putIfAbsent(path, holder);
        if (known != null) {
            return new Attempt.Refused(known, true);
        }
        Attempt attempt = null;
        try {
            attempt = tryLockFile(files, path, holder);
            return attempt;
        } finally {
            if (!(attempt instanceof Attempt.Taken)) {
                LOCKED.remove(path);
            }
        }
    }

    private static Attempt tryLockFile(FileLayer files, Path path, LockHolder holder)
            throws IOException {
        FileChannel channel = files.openLock(path);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                return new Attempt.Refused(LockHolder.read(channel), false);
            }
            holder.write(channel);
            return new Attempt.Taken(new WriterLock(path, channel));
        } catch (OverlappingFileLockException e) {
            return new Attempt.Refused(null, true); // locked by this process, but not from here
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
                LockHolder.erase(channel);
                channel.close();
            } finally {
                LOCKED.remove(path);
            }
        }
    }
}
