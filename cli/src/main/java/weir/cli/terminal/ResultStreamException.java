// SPDX-License-Identifier: Apache-2.0
package weir.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Standard output took no more.
public final class ResultStreamException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    ResultStreamException(IOException cause) {
        super("standard output: " + cause.getMessage(), cause);
    }

    /// Whether the reader went away (`| head`): nothing failed, nobody wants the rest. The message
    /// is the operating system's, in English under the locale that the launcher sets.
    public boolean isReaderGone() {
        return String.valueOf(getMessage()).contains("Broken pipe");
    }
}
