// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

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

    /// The file or directory the failure belongs to.
    public final Path path() {
        return Path.of(location);
    }
}
