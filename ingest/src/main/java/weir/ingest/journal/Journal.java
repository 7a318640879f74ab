// SPDX-License-Identifier: Apache-2.0
package weir.ingest.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.StoreException;

/// One journal: a queue that one thread at a time appends blocks to. What was appended survives the
/// death of the process at once, and that of the machine once [#force] returned, which another
/// thread may call meanwhile.
///
/// The queue maps its file, and to touch a mapped page for which the disk has no room is a fault,
/// not an error: so whoever appends asks [#hasRoom] first.
public final class Journal implements AutoCloseable {
    static {
        // Before the first class of the library is loaded: it would tell its makers of the use.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // One thread at a time appends, by a lock of ours, but not always the same.
        System.setProperty("disable.single.threaded.check", "true");
    }

    /// Room that the disk must have besides what is appended: for the index of the queue, and for
    /// others that write meanwhile.
    private static final long ROOM_BYTES_MIN = 32L << 20;

    /// How the file grows. It is sparse: what was not written takes no room.
    private static final long GROWTH_BYTES = 16L << 20;

    private final JournalFolder.Part part;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final FileStore disk;
    private long sizeBytes;

    /// Whether a force failed: a later one that succeeds would prove nothing.
    private boolean isSuspect;

    private Journal(JournalFolder.Part part, ChronicleQueue queue, FileStore disk) {
        this.part = part;
        this.queue = queue;
        this.appender = queue.createAppender();
        this.disk = disk;
    }

    /// Makes an empty journal, durably.
    ///
    /// @throws StoreException when it cannot be made
    /// @throws IllegalStateException when the JVM runs without the flags that the library needs
    public static Journal create(JournalFolder folder, long session, int part) {
        JournalFlags.check();
        try {
            JournalFolder.Part made = folder.make(session, part);
            Journal journal =
                    new Journal(made, queue(made.path(), false), Files.getFileStore(made.path()));
            journal.force();
            return journal;
        } catch (IOException e) {
            throw StoreException.io(folder.toPath(), "cannot hold a journal", e);
        } catch (RuntimeException | InternalError e) {
            // Of the queue's library, where the disk has no room.
            throw new StoreException(
                    folder.toPath(), "cannot hold a journal: " + e.getMessage(), e);
        }
    }

    private static ChronicleQueue queue(Path path, boolean isReadOnly) {
        // A clock that stands still: the queue never begins another file by itself.
        return SingleChronicleQueueBuilder.binary(path)
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 0)
                .blockSize(GROWTH_BYTES)
                .readOnly(isReadOnly)
                .build();
    }

    /// Which one this is.
    public JournalFolder.Part part() {
        return part;
    }

    /// Bytes that were appended.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Whether the disk has room for `bytes` more.
    ///
    /// @throws StoreException when the disk cannot be asked
    public boolean hasRoom(int bytes) {
        try {
            return disk.getUsableSpace() >= ROOM_BYTES_MIN + bytes;
        } catch (IOException e) {
            throw StoreException.io(part.path(), "cannot be asked for its room", e);
        }
    }

    /// Appends `block`.
    ///
    /// @throws StoreException when that fails; the journal is of no more use then
    public void append(JournalBlock block) {
        byte[] head = block.head();
        int size = block.to() - block.from();
        try (DocumentContext message = appender.writingDocument()) {
            write(message, head, block, size);
        } catch (InternalError | RuntimeException e) {
            // A fault of memory: the disk had no room for the page after all.
            throw new StoreException(part.path(), "cannot be appended to: " + e.getMessage(), e);
        }
        sizeBytes += head.length + size;
    }

    private static void write(DocumentContext message, byte[] head, JournalBlock block, int size) {
        boolean isWhole = false;
        try {
            Bytes<?> bytes = bytes(message);
            bytes.write(head);
            bytes.write(block.bytes(), block.from(), size);
            isWhole = true;
        } finally {
            if (!isWhole) {
                message.rollbackOnClose();
            }
        }
    }

    private static Bytes<?> bytes(DocumentContext message) {
        return Objects.requireNonNull(message.wire(), "an open message has bytes").bytes();
    }

    /// Forces everything that was appended before the call to disk.
    ///
    /// @throws IOException when it is not certain that it is there; a second attempt that succeeds
    ///   would prove nothing
    public synchronized void force() throws IOException {
        if (isSuspect) {
            throw new IOException(part.path() + " could not be forced to disk before");
        }
        // An interrupt would close the file in the middle, and pass for a disk that failed.
        boolean isInterrupted = Thread.interrupted();
        isSuspect = true;
        try {
            forceFiles();
            isSuspect = false;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forceFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(part.path())) {
            for (Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(false);
                }
            }
        }
        JournalFolder.force(part.path());
    }

    /// Gives the whole blocks of a journal that nobody writes any more, in order.
    ///
    /// @return what is wrong behind the last of them; null when nothing is. A block that was being
    ///   appended when its process died is nothing
    /// @throws IllegalStateException when the JVM runs without the flags that the library needs
    public static @Nullable String read(
            JournalFolder.Part part, Consumer<? super JournalBlock> blocks) {
        JournalFlags.check();
        if (!hasQueue(part)) {
            return null;
        }
        ChronicleQueue queue;
        try {
            queue = queue(part.path(), true);
        } catch (RuntimeException | InternalError e) {
            return "cannot be opened: " + e;
        }
        try (queue) {
            return read(queue.createTailer(), blocks);
        }
    }

    private static @Nullable String read(
            ExcerptTailer tailer, Consumer<? super JournalBlock> blocks) {
        long count = 0;
        while (true) {
            byte[] message;
            try {
                message = next(tailer);
            } catch (RuntimeException | InternalError e) {
                return "what lies behind block %d cannot be read: %s".formatted(count, e);
            }
            if (message == null) {
                return null;
            }
            JournalBlock block = JournalBlock.read(message);
            if (block == null) {
                return "block %d is damaged; what lies behind it is lost".formatted(count + 1);
            }
            blocks.accept(block);
            count++;
        }
    }

    private static byte @Nullable [] next(ExcerptTailer tailer) {
        try (DocumentContext message = tailer.readingDocument()) {
            if (!message.isPresent()) {
                return null;
            }
            Bytes<?> bytes = bytes(message);
            byte[] copy = new byte[(int) Math.min(bytes.readRemaining(), Integer.MAX_VALUE - 8)];
            bytes.read(copy);
            return copy;
        }
    }

    /// Whether the queue was made so far that it can hold something.
    private static boolean hasQueue(JournalFolder.Part part) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(part.path(), "*.cq4")) {
            for (Path file : files) {
                if (Files.size(file) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw StoreException.io(part.path(), "cannot be listed", e);
        }
    }

    /// Lets go of the file, which stays.
    @Override
    public void close() {
        queue.close();
    }
}
