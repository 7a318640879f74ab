// SPDX-License-Identifier: Apache-2.0
package weir.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How wide the terminal of this process is. Java cannot ask it, so `stty` does.
public final class TerminalWidth {
    private static final int DEFAULT = 80;
    private static final int MAX = 10_000;
    private static final File TERMINAL = new File("/dev/tty");

    private TerminalWidth() {}

    /// Columns: what the variable `COLUMNS` says, else what the terminal says, else 80. Takes some
    /// milliseconds.
    public static int columns() {
        int columns = valueOf(System.getenv("COLUMNS"));
        if (columns == 0) {
            columns = ofTerminal();
        }
        return columns == 0 ? DEFAULT : columns;
    }

    /// 0 when it is no width.
    static int valueOf(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,5}")) {
            return 0;
        }
        int value = Integer.parseInt(text);
        return value > MAX ? 0 : value;
    }

    private static int ofTerminal() {
        if (!TERMINAL.exists()) {
            return 0;
        }
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(TERMINAL)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            byte[] printed = stty.getInputStream().readAllBytes();
            String[] words = new String(printed, StandardCharsets.US_ASCII).strip().split(" ", -1);
            return words.length == 2 ? valueOf(words[1]) : 0;
        } catch (IOException e) {
            return 0; // no such command, or no terminal
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
