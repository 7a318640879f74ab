// SPDX-License-Identifier: Apache-2.0
package weir.cli.progress;

import org.jspecify.annotations.Nullable;
import weir.cli.terminal.Terminal;
import weir.cli.terminal.TerminalWidth;

/// A bar on standard error that says how far a command is: bytes, records a second, rejected lines,
/// time left. It appears when the command has run for a moment, is drawn anew about ten times a
/// second in one line, and is gone when this is closed; nobody else may print meanwhile.
///
/// For one thread, which calls [#show] and [#close].
public final class Progress implements AutoCloseable {
    /// What is over sooner shows no bar, and does not pay for loading it.
    private static final long DELAY_NANOS = 250_000_000L;

    private final Terminal terminal;
    private final boolean isShown;
    private final long delayNanos;
    private final long startNanos = System.nanoTime();
    private @Nullable ProgressBars bar;

    private Progress(Terminal terminal, ProgressWhen when) {
        this.terminal = terminal;
        this.isShown = when.isShownOn(terminal);
        this.delayNanos = when == ProgressWhen.ALWAYS ? 0 : DELAY_NANOS;
    }

    /// The progress of a command that starts now.
    public static Progress start(Terminal terminal, ProgressWhen when) {
        return new Progress(terminal, when);
    }

    /// Shows `bytesDone` of `bytesTotal` bytes, which is 0 when nobody knows, and `records`
    /// records.
    public void show(long bytesDone, long bytesTotal, long records) {
        show(bytesDone, bytesTotal, records, 0);
    }

    /// The same with `rejectedLines` lines that are no records.
    public void show(long bytesDone, long bytesTotal, long records, long rejectedLines) {
        long nanos = System.nanoTime() - startNanos;
        if (!isShown || nanos < delayNanos) {
            return;
        }
        if (bar == null) {
            bar = ProgressBars.open(terminal.err(), TerminalWidth.columns(), bytesTotal);
        }
        bar.show(new Done(bytesDone, bytesTotal, records, rejectedLines, nanos));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
