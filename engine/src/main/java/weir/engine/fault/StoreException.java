// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A store could not do what was asked: the root of all failures of the engine.
///
/// The message names the file or directory and says what to do where something can be done.
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String location;

    /// A failure at `path`, described by `message` (which need not repeat the path).
    public StoreException(Path path, String message) {
        this(path, message, null);
    }

    /// The same with the failure that caused it.
    public StoreException(Path path, String message, @Nullable Throwable cause) {
        super(path + ": " + message, cause);
        this.location = path.toString();
    }

    /// The failure of an operation on `path`: `what` could not be done, and the reason in words.
    public static StoreException io(Path path, String what, IOException cause) {
        return new StoreException(path, what + ": " + reason(cause), cause);
    }

    /// The reason alone: the JDK's own messages repeat the path, and some are nothing but the path.
    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case NotDirectoryException _ -> "not a directory";
            case FileAlreadyExistsException _ -> "something else has that name";
            case ClosedByInterruptException _ -> "interrupted";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    /// The file or directory the failure belongs to.
    public final Path path() {
        return Path.of(location);
    }
}
