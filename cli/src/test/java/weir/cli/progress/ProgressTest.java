// SPDX-License-Identifier: Apache-2.0
package weir.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import weir.cli.terminal.Terminal;

/// What the bar says, how wide it is, and when there is none.
class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private PrintStream err() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private Terminal terminal(boolean errIsTerminal) {
        return new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err(),
                false,
                false,
                errIsTerminal);
    }

    /// The drawings of the bar, without the words that frame them for the terminal.
    private List<String> drawings() {
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\r\033[K"), text);
        return Stream.of(text.substring(0, text.length() - 4).split("\r", -1))
                .filter(drawing -> !drawing.isEmpty())
                .map(drawing -> drawing.replace("\033[?7l", "").replace("\033[?7h", ""))
                .toList();
    }

    @Test
    void wordsAreRateRejectedLinesAndTimeLeft() {
        Done done = new Done(25, 100, 30_000_000, 1_234, 2 * SECOND);
        assertEquals("15.0 M records/s, 1,234 rejected, 6 s left", done.words(80));
        assertEquals("1,234 rejected, 6 s left", done.words(41));
        assertEquals("6 s left", done.words(23));
        assertEquals("", done.words(7));
        assertEquals("", done.words(-5));
    }

    @Test
    void whatNobodyKnowsIsNotSaid() {
        assertEquals("0 records/s, 99 s left", new Done(1, 100, 0, 0, SECOND).words(80));
        assertEquals("5 records/s", new Done(0, 100, 5, 0, SECOND).words(80));
        assertEquals("5 records/s", new Done(100, 0, 5, 0, SECOND).words(80));
        assertEquals("5 records/s", new Done(100, 100, 5, 0, SECOND).words(80));
        assertEquals("0 records/s", new Done(0, 0, 0, 0, 0).words(80));
        assertEquals("0 records/s, 16 min 39 s left", new Done(1, 1_000, 0, 0, SECOND).words(80));
    }

    @Test
    void theBarIsAsWideAsTheTerminalAndGoneAtTheEnd() {
        for (int columns : List.of(1, 2, 5, 10, 20, 45, 80, 200)) {
            printed.reset();
            ProgressBars bar = ProgressBars.open(err(), columns, 1_130_000_000);
            bar.show(new Done(509_000_000, 1_130_000_000, 45_000_000, 3, 3 * SECOND));
            bar.close();
            int width = Math.max(columns - 1, 1);
            // What is drawn before anything was told has no words yet.
            for (String drawing : drawings()) {
                assertTrue(drawing.length() <= width, drawing);
            }
            assertEquals(width, drawings().getLast().length(), drawings().getLast());
        }
    }

    @Test
    void theBarHasBytesRecordsRejectedLinesAndTimeLeft() {
        ProgressBars bar = ProgressBars.open(err(), 80, 1_130_000_000);
        bar.show(new Done(509_000_000, 1_130_000_000, 45_000_000, 3, 3 * SECOND));
        bar.close();
        String last = drawings().getLast();
        assertTrue(last.startsWith("  45% |█"), last);
        assertTrue(
                last.matches(
                        ".*\\|  509/1130 MB \\(0:00:0[0-9]\\) 15.0 M records/s, 3 rejected,"
                                + " 4 s left"),
                last);
    }

    @Test
    void withoutATotalTheBarHasNoEnd() {
        ProgressBars bar = ProgressBars.open(err(), 60, 0);
        bar.show(new Done(7_000_000, 0, 60_000, 0, SECOND));
        bar.close();
        String last = drawings().getLast();
        assertTrue(last.startsWith("  ? % |"), last);
        assertTrue(last.contains("7/? MB") && last.endsWith(" 60 k records/s"), last);
    }

    @Test
    void theTotalMayGrowOrBecomeKnown() {
        ProgressBars bar = ProgressBars.open(err(), 60, 0);
        bar.show(new Done(20_000_000, 40_000_000, 0, 0, SECOND));
        bar.show(new Done(40_000_000, 160_000_000, 0, 0, SECOND));
        bar.close();
        String last = drawings().getLast();
        assertTrue(last.startsWith("  25% |") && last.contains(" 40/160 MB "), last);
        assertTrue(last.endsWith(" 3 s left"), last);
    }

    @Test
    void thereIsABarOfAnyWidthWhereThereIsNoTotal() {
        for (int columns = 1; columns < 100; columns++) {
            printed.reset();
            ProgressBars bar = ProgressBars.open(err(), columns, 0);
            bar.show(new Done(99_999_000_000L, 0, 60_000, 1_234, SECOND));
            bar.close();
            String last = drawings().getLast();
            int width = columns == 8 ? 6 : Math.max(columns - 1, 1);
            assertEquals(width, last.length(), last);
            if (last.contains("rejected") || columns > 60) {
                assertTrue(last.contains("99999/? MB"), last);
                assertTrue(last.endsWith("1,234 rejected"), last);
            }
        }
    }

    @Test
    void aSmallTotalIsInKilobytes() {
        ProgressBars bar = ProgressBars.open(err(), 60, 9_999_999);
        bar.show(new Done(5_000_000, 9_999_999, 60_000, 0, SECOND));
        bar.close();
        assertTrue(drawings().getLast().contains("5000/9999 kB"), drawings().getLast());
    }

    @Test
    void nothingIsDrawnBehindTheEnd() {
        ProgressBars bar = ProgressBars.open(err(), 80, 100_000_000);
        bar.close();
        int size = printed.size();
        // Another bar needs the same thread of the library: what that still had to do is done.
        ProgressBars.open(
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        80,
                        100)
                .close();
        assertEquals(size, printed.size());
    }

    @Test
    void anInterruptIsKept() {
        ProgressBars bar = ProgressBars.open(err(), 80, 100_000_000);
        Thread.currentThread().interrupt();
        bar.close();
        assertTrue(Thread.interrupted());
        assertTrue(printed.toString(StandardCharsets.UTF_8).endsWith("\r\033[K"));
    }

    @Test
    void aTerminalShowsItUnlessToldOtherwise() {
        boolean isDumb = "dumb".equals(System.getenv("TERM"));
        assertEquals(!isDumb, ProgressWhen.AUTO.isShownOn(terminal(true)));
        assertFalse(ProgressWhen.AUTO.isShownOn(terminal(false)));
        assertFalse(ProgressWhen.NEVER.isShownOn(terminal(true)));
        assertTrue(ProgressWhen.ALWAYS.isShownOn(terminal(false)));
    }

    @Test
    void whatIsOverSoonShowsNothingUnlessAlways() {
        try (Progress progress = Progress.start(terminal(true), ProgressWhen.NEVER)) {
            progress.show(1, 2, 3);
        }
        try (Progress progress = Progress.start(terminal(false), ProgressWhen.AUTO)) {
            progress.show(1, 2, 3, 4);
        }
        assertEquals(0, printed.size());
        try (Progress progress = Progress.start(terminal(false), ProgressWhen.ALWAYS)) {
            progress.show(1, 2, 3, 4);
        }
        assertTrue(drawings().getLast().contains("4 rejected"), drawings().getLast());
    }
}
