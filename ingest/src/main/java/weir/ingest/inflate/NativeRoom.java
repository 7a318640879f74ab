// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Native memory that grows by being replaced; what was in it is lost then. One thread at a time.
///
/// *Invariant:* whatever fails, it is either room or none, and can be asked for room again.
final class NativeRoom {
    /// Loads and stores of a few bytes too many must not meet anything else.
    private static final int SLACK_BYTES = 4_096;

    private static final int ALIGNMENT = 64;

    private final Supplier<Arena> arenas;
    private MemorySegment bytes = MemorySegment.NULL;
    private @Nullable Arena arena;

    /// None at first; `arenas` gives new ones that any thread may close.
    NativeRoom(Supplier<Arena> arenas) {
        this.arenas = arenas;
    }

    /// Makes it `size` bytes at least.
    ///
    /// @throws OutOfMemoryError when the system has none left; then it is none
    MemorySegment withSize(long size) {
        if (arena == null || size() < size) {
            release(); // first, so that there are never two
            Arena next = arenas.get();
            try {
                bytes = next.allocate(size + SLACK_BYTES, ALIGNMENT);
            } catch (RuntimeException | Error e) {
                next.close();
                throw e;
            }
            arena = next;
        }
        return bytes;
    }

    /// Bytes that may be used.
    long size() {
        return Math.max(0, bytes.byteSize() - SLACK_BYTES);
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// Gives the memory back; it is none now.
    void release() {
        Arena last = arena;
        bytes = MemorySegment.NULL;
        arena = null;
        if (last != null) {
            last.close();
        }
    }
}
