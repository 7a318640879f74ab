// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import weir.cli.terminal.Terminal;

/// One line on a terminal that says how far an ingest is, rewritten in place and erased at the end.
/// Prints nothing where standard error is no terminal.
public final class ProgressLine implements AutoCloseable {
    private static final String ERASE = "\r\033[K";
    private static final long PAUSE_NANOS = 100_000_000L;

    private final Terminal terminal;
    private final long startNanos = System.nanoTime();
    private long shownNanos = startNanos;
    private boolean isShown;

    /// A line on the standard error of `terminal`.
    public ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Shows `bytesDone` of `bytesTotal` bytes and `records` records, at most ten times a second.
    public void show(long bytesDone, long bytesTotal, long records) {
        long now = System.nanoTime();
        if (!terminal.errIsTerminal() || now - shownNanos < PAUSE_NANOS) {
            return;
        }
        shownNanos = now;
        isShown = true;
        terminal.err().print(ERASE + words(bytesDone, bytesTotal, records, now - startNanos));
        terminal.err().flush();
    }

    /// The line after `nanos`, without the control characters.
    static String words(long bytesDone, long bytesTotal, long records, long nanos) {
        double seconds = Math.max(nanos / 1e9, 1e-3);
        StringBuilder line = new StringBuilder();
        if (bytesTotal > 0) {
            line.append(Math.min(100, 100 * bytesDone / bytesTotal)).append(" % of ");
            line.append(Quantity.bytes(bytesTotal));
        } else {
            line.append(Quantity.bytes(bytesDone));
        }
        line.append(", ").append(Quantity.of(records, "record")).append(", ");
        line.append(Quantity.rate(records / seconds)).append(" records/s");
        if (bytesDone > 0 && bytesTotal > bytesDone) {
            double left = seconds * (bytesTotal - bytesDone) / bytesDone;
            line.append(", ").append(Quantity.seconds(Math.ceil(left))).append(" left");
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (isShown) {
            terminal.err().print(ERASE);
            terminal.err().flush();
        }
    }
}
