// SPDX-License-Identifier: Apache-2.0
package weir.cli.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar of the library, drawn by its thread ten times a second, in one line of so many columns.
///
/// ```text
///   45% |█████     |  509/1130 MB (0:00:03) 15.2 M records/s, 3 rejected, 4 s left
/// ```
///
/// The line goes to a stream that this class is given: what the library would ask JLine for, the
/// terminal and its width, it is told. For one thread.
final class ProgressBars implements AutoCloseable {
    private static final int PAUSE_MILLIS = 100;
    private static final long LARGE_BYTES = 10_000_000;

    /// Digits of megabytes that have room where nobody knows how many there will be, with the `?`
    /// of the total: up to 100 GB.
    private static final int DIGITS_UNKNOWN = 6;

    /// Columns of the bar itself, at least, before words give way.
    private static final int BAR_MIN = 4;

    /// What the library prints before the bar: ` 45% |`.
    private static final int HEAD = 7;

    /// What it prints around bar, bytes and words: the head, `| ` and ` (0:00:03) `.
    private static final int FRAME = HEAD + 2 + 11;

    private final ProgressBar bar;
    private final Line line;
    private final int room;

    private ProgressBars(ProgressBar bar, Line line, int room) {
        this.bar = bar;
        this.line = line;
        this.room = room;
    }

    /// A bar on `err` at once.
    ///
    /// @param columns of the terminal; the last one stays empty, because some terminals go to the
    ///   next line when it is filled
    /// @param bytesTotal 0 when nobody knows: the bar then moves without an end
    static ProgressBars open(PrintStream err, int columns, long bytesTotal) {
        Line line = new Line(err, Math.max(columns - 1, 1));
        boolean isLarge = bytesTotal <= 0 || bytesTotal >= LARGE_BYTES;
        long unitBytes = isLarge ? 1_000_000 : 1_000;
        int digits =
                bytesTotal > 0
                        ? 2 * Long.toString(bytesTotal / unitBytes).length()
                        : DIGITS_UNKNOWN;
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setInitialMax(bytesTotal > 0 ? bytesTotal : -1)
                        .setUnit(isLarge ? " MB" : " kB", unitBytes)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(PAUSE_MILLIS)
                        .continuousUpdate()
                        .hideEta()
                        .setConsumer(line)
                        .build();
        int bytes = digits + "/ MB".length();
        return new ProgressBars(bar, line, line.columns - FRAME - bytes - BAR_MIN);
    }

    /// Shows this at the next drawing. The total may be another than before: a compaction plans
    /// more while it goes on.
    void show(Done done) {
        bar.setExtraMessage(done.words(room));
        bar.maxHint(done.bytesTotal() > 0 ? done.bytesTotal() : -1);
        bar.stepTo(done.bytesDone());
    }

    /// Erases the line; nothing is drawn afterwards.
    @Override
    public void close() {
        // The library waits for its thread, and would forget that it was interrupted.
        boolean wasInterrupted = Thread.interrupted();
        bar.close();
        line.erase();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The line of the terminal in which the bar is drawn. Safe for the two threads that know it:
    /// that of the library draws, the command's own erases.
    private static final class Line implements ProgressBarConsumer {
        private static final String ERASE = "\r\033[K";

        /// Around a drawing the terminal cuts what is too wide, which happens when its window was
        /// made smaller, instead of going to the next line.
        private static final String CUT = "\033[?7l";

        private static final String WRAP = "\033[?7h";

        private final PrintStream err;
        private final int columns;
        private boolean isErased;

        Line(PrintStream err, int columns) {
            this.err = err;
            this.columns = columns;
        }

        /// One column less where the head would fill the line: the library divides by the columns
        /// that are left for the bar.
        @Override
        public int getMaxRenderedLength() {
            return columns == HEAD ? columns - 1 : columns;
        }

        /// Draws in one write, so that a process that is killed leaves no terminal that cuts. A
        /// drawing that comes late, because an interrupt ended the wait for it, is dropped.
        @Override
        public synchronized void accept(String text) {
            if (isErased) {
                return;
            }
            err.print("\r" + CUT + text + WRAP);
            err.flush();
        }

        /// Erases the line for good.
        synchronized void erase() {
            isErased = true;
            err.print(ERASE);
            err.flush();
        }

        @Override
        public void close() {
            // The stream stays the terminal's.
        }
    }
}
