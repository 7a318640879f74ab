// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;
import weir.cli.output.Visible;
import weir.cli.terminal.ResultStreamException;
import weir.cli.terminal.Terminal;
import weir.engine.fault.StoreException;

/// Words the failure of a command. A stack trace is printed only for `--debug`.
///
/// @param terminal where the words go
/// @param isDebug whether the stack trace follows
record FailureReport(Terminal terminal, boolean isDebug) {

    /// Reports `failure` of `command`.
    ///
    /// @return the exit code
    int report(String command, Throwable failure) {
        if (failure instanceof ResultStreamException stream && stream.isReaderGone()) {
            return ExitCode.DONE;
        }
        terminal.say("weir " + command + ": " + words(failure));
        if (isDebug) {
            failure.printStackTrace(terminal.err());
        }
        return ExitCode.FAILED;
    }

    private String words(Throwable failure) {
        return switch (failure) {
            case CommandFailure known -> message(known);
            case StoreException store -> Visible.text(message(store));
            case UncheckedIOException unchecked when unchecked.getCause() != null ->
                    unchecked instanceof ResultStreamException
                            ? message(unchecked)
                            : ofFiles(unchecked.getCause());
            case IOException io -> ofFiles(io);
            case IllegalArgumentException argument -> message(argument);
            case OutOfMemoryError _ ->
                    "not enough memory; give the JVM more with WEIR_JAVA_OPTS=-Xmx..., for example"
                            + " -Xmx8g";
            default ->
                    "failed unexpectedly ("
                            + failure.getClass().getSimpleName()
                            + ": "
                            + Visible.text(message(failure))
                            + "); "
                            + (isDebug ? "the place follows" : "--debug shows where");
        };
    }

    /// What the exceptions of `java.nio.file` mean; their own messages are mere paths.
    private static String ofFiles(IOException failure) {
        if (!(failure instanceof FileSystemException file)) {
            return Visible.text(message(failure));
        }
        String reason =
                switch (file) {
                    case NoSuchFileException _ -> "no such file or directory";
                    case AccessDeniedException _ -> "permission denied";
                    case FileAlreadyExistsException _ -> "exists already";
                    case NotDirectoryException _ -> "not a directory";
                    default -> file.getReason() == null ? "cannot be used" : file.getReason();
                };
        return Visible.text(file.getFile() == null ? reason : file.getFile() + ": " + reason);
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
