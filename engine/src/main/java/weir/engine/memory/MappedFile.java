// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import weir.engine.fault.StoreException;

/// A finished file mapped read-only as a whole. Safe for many readers; closed once, by its owner,
/// after which reading any of its slices throws [IllegalStateException].
///
/// The file stays open beside its mapping, so that its length can be asked: where a file is cut
/// within a page, the rest of that page reads as zeros and nothing fails. It is open as a
/// [RandomAccessFile], because a channel is closed for all when one thread that asks is
/// interrupted.
public final class MappedFile implements AutoCloseable {
    private final Arena arena;
    private final RandomAccessFile file;
    private final Slice content;

    private MappedFile(Arena arena, RandomAccessFile file, Slice content) {
        this.arena = arena;
        this.file = file;
        this.content = content;
    }

    /// Maps the file.
    ///
    /// @throws StoreException when it is not there or cannot be read
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed by close(), or here on failure
    public static MappedFile open(Path path) {
        RandomAccessFile file = openFile(path);
        Arena arena = Arena.ofShared();
        try {
            FileChannel channel = file.getChannel();
            Slice content =
                    new Slice(
                            path,
                            0,
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            return new MappedFile(arena, file, content);
        } catch (IOException e) {
            arena.close();
            closeAfter(e, file);
            throw StoreException.io(path, "cannot be mapped", e);
        }
    }

    private static RandomAccessFile openFile(Path path) {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            throw unopened(path, e);
        }
    }

    /// The old exception says every reason in one string; opening it once more tells them apart.
    private static StoreException unopened(Path path, FileNotFoundException failure) {
        try (FileChannel _ = FileChannel.open(path, StandardOpenOption.READ)) {
            return StoreException.io(path, "cannot be mapped", failure);
        } catch (NoSuchFileException e) {
            return new StoreException(path, "the file is missing", e);
        } catch (IOException e) {
            return StoreException.io(path, "cannot be mapped", e);
        }
    }

    private static void closeAfter(IOException failure, RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /// The whole file.
    public Slice content() {
        return content;
    }

    /// Asked when something was read, before it is believed: fails when the file is shorter than it
    /// was. Costs one system call. A file that was replaced or deleted is not shorter: the mapping
    /// keeps what it was made of.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it is shorter
    public void checkLength() {
        long length;
        try {
            length = file.length();
        } catch (IOException e) {
            throw StoreException.io(content.path(), "cannot be asked for its length", e);
        }
        if (length < content.size()) {
            throw ShortenedFile.failure(content.path(), length);
        }
    }

    @Override
    public void close() {
        try {
            arena.close();
        } finally {
            closeFile();
        }
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            throw StoreException.io(content.path(), "cannot be closed", e);
        }
    }
}
