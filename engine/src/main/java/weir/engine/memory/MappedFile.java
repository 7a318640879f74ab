// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.StoreException;

/// A finished file mapped read-only as a whole. Safe for many readers; closed once, by its owner,
/// after which reading any of its slices throws [IllegalStateException].
///
/// Where a file is cut within a page, the rest of that page reads as zeros and nothing fails: so
/// its length can be asked. It is asked by path, since a store has more segments than a process may
/// have files open.
public final class MappedFile implements AutoCloseable {
    private final Arena arena;
    private final Slice content;

    /// Tells the file from another one of its name; null where the file system cannot.
    private final @Nullable Object key;

    private MappedFile(Arena arena, Slice content, @Nullable Object key) {
        this.arena = arena;
        this.content = content;
        this.key = key;
    }

    /// Maps the file.
    ///
    /// @throws StoreException when it is not there or cannot be read
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed by close(), or here on failure
    public static MappedFile open(Path path) {
        // In this order, because nearly all are: opening a pipe would wait for its writer.
        if (!Files.isRegularFile(path) && Files.exists(path)) {
            throw new StoreException(path, "is no regular file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Slice content =
                    new Slice(
                            path,
                            0,
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return new MappedFile(arena, content, key);
        } catch (NoSuchFileException e) {
            arena.close();
            throw new StoreException(path, "the file is missing", e);
        } catch (IOException e) {
            arena.close();
            throw StoreException.io(path, "cannot be mapped", e);
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
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(content.path(), BasicFileAttributes.class);
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw StoreException.io(content.path(), "cannot be asked for its length", e);
        }
        if (file.size() < content.size() && Objects.equals(file.fileKey(), key)) {
            throw ShortenedFile.failure(content.path(), file.size());
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
