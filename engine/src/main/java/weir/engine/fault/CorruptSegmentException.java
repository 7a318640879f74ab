// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Bytes on disk contradict the format: which file, where, what was expected and what was found.
public final class CorruptSegmentException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String expected;
    private final String found;

    /// Damage in `path` at byte `offset`.
    public CorruptSegmentException(Path path, long offset, String expected, String found) {
        this(path, offset, expected, found, null);
    }

    /// The same with the failure that caused it.
    public CorruptSegmentException(
            Path path, long offset, String expected, String found, @Nullable Throwable cause) {
        super(
                path,
                "damaged at byte " + offset + ": expected " + expected + ", found " + found,
                cause);
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    /// Byte offset of the damage from the start of the file.
    public long offset() {
        return offset;
    }

    /// What the format requires there.
    public String expected() {
        return expected;
    }

    /// What the file holds there.
    public String found() {
        return found;
    }
}
