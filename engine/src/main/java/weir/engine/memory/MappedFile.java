// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import weir.engine.fault.StoreException;

/// A finished file mapped read-only as a whole. Safe for many readers; closed once, by its owner,
/// after which reading any of its slices throws [IllegalStateException].
public final class MappedFile implements AutoCloseable {
    private final Arena arena;
    private final Slice content;

    private MappedFile(Arena arena, Slice content) {
        this.arena = arena;
        this.content = content;
    }

    /// Maps the file.
    ///
    /// @throws StoreException when it is not there or cannot be read
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed by close(), or here on failure
    public static MappedFile open(Path path) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Slice content =
                    new Slice(
                            path,
                            0,
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            return new MappedFile(arena, content);
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

    @Override
    public void close() {
        arena.close();
    }
}
