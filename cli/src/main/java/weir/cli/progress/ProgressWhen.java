// SPDX-License-Identifier: Apache-2.0
package weir.cli.progress;

import java.util.Locale;
import weir.cli.terminal.Terminal;

/// Whether a command shows its progress.
public enum ProgressWhen {
    /// Where standard error is a terminal that can move its cursor, once a command takes a moment.
    AUTO,

    /// From the start, and also where it is no terminal.
    ALWAYS,

    /// Nowhere.
    NEVER;

    /// Whether a bar is shown on `terminal`, whose kind the variable `TERM` says.
    boolean isShownOn(Terminal terminal) {
        return this == ALWAYS
                || (this == AUTO
                        && terminal.errIsTerminal()
                        && !"dumb".equals(System.getenv("TERM")));
    }

    /// What the command line calls it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
