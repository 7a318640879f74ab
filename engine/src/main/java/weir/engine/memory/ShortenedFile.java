// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.CorruptSegmentException;

/// What it means that a page of a mapping is gone. The virtual machine says it as an
/// [InternalError], and in compiled code it may say it a little later than the access: so whoever
/// reads many slices in a row catches it as well.
public final class ShortenedFile {
    private ShortenedFile() {}

    /// The failure to throw in place of `error`, which was caught while `path` was read around
    /// `offset`.
    ///
    /// @throws InternalError `error` itself, when it says something else
    public static CorruptSegmentException failure(InternalError error, Path path, long offset) {
        String message = error.getMessage();
        if (message == null || !message.contains("unsafe memory access")) {
            throw error;
        }
        return failure(path, offset, error);
    }

    /// The failure of a file that now ends at `offset`.
    static CorruptSegmentException failure(Path path, long offset) {
        return failure(path, offset, null);
    }

    private static CorruptSegmentException failure(
            Path path, long offset, @Nullable InternalError cause) {
        return new CorruptSegmentException(
                path,
                offset,
                "the bytes that were there when the file was opened",
                "the file became shorter while it was read",
                cause);
    }
}
