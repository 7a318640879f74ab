// SPDX-License-Identifier: Apache-2.0
package weir.cli.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The three standard streams, always UTF-8, and which of them a person is at.
///
/// @param in standard input
/// @param out results; a failed write throws [ResultStreamException]
/// @param err everything else, flushed at each line
/// @param inIsTerminal whether `in` is a terminal
/// @param outIsTerminal whether `out` is a terminal
/// @param errIsTerminal whether `err` is a terminal
public record Terminal(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    /// What the launcher found to be terminals: the digits of their descriptors.
    private static final String TERMINALS = System.getProperty("weir.terminals", "?");

    /// The streams of this process. The launcher says which are terminals; without it only a
    /// process whose input and output both are can tell.
    public static Terminal ofProcess() {
        boolean isKnown = !"?".equals(TERMINALS);
        boolean isConsole = !isKnown && isConsole();
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new ResultStream(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isKnown ? TERMINALS.contains("0") : isConsole,
                isKnown ? TERMINALS.contains("1") : isConsole,
                isKnown ? TERMINALS.contains("2") : isConsole);
    }

    /* The check says that there is always a console since JDK 22; JDK 25 went back to null. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Prints one line on `out`, at once.
    public void print(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// Prints one line on `err`.
    public void say(String line) {
        err.print(line + "\n");
        err.flush();
    }
}
