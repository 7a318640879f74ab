// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.nio.file.Path;

/// A file that is no table, in words for whoever named it.
public final class LookupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param line from 1; 0 when no line is to blame
    LookupException(Path file, long line, String message) {
        super(file + (line > 0 ? ":" + line : "") + ": " + message);
    }

    /// The same with what caused it.
    LookupException(Path file, long line, String message, Throwable cause) {
        this(file, line, message);
        initCause(cause);
    }
}
