// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weir.bench.compare.Processes.Finished;
import weir.testkit.generate.HostileContent;

/// How collecting fares with contents that are made to do harm, beside the ordinary one of as many
/// lines: all of them in turn, run by run, each by a whole process into a new store. What is taken
/// and what is rejected must be what the content says.
final class ContentTable {
    private static final Pattern TEXT_BYTES = Pattern.compile("\"text_bytes\":([0-9]+)");

    private final LoadProcess load;
    private final String heap;
    private final int runs;
    private final PrintStream out;

    /// @param heap words for Weir's JVM that bound its heap, or nothing
    ContentTable(LoadProcess load, String heap, int runs, PrintStream out) {
        this.load = load;
        this.heap = heap;
        this.runs = runs;
        this.out = out;
    }

    /// A file and what has to come of it.
    private static final class Input {
        final String name;
        final Path file;
        final HostileContent.Expected expected;
        final LoadFigures figures = new LoadFigures();
        final List<Double> rates = new ArrayList<>();
        long textBytes;

        Input(String name, Path file, HostileContent.Expected expected) {
            this.name = name;
            this.file = file;
            this.expected = expected;
        }
    }

    /// Measures `contents` of `lines` lines beside `ordinary`, which has as many records, and
    /// prints a table. The files of the contents are made, and removed in the end.
    void print(Path ordinary, long lines, List<HostileContent> contents)
            throws IOException, InterruptedException {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input("ordinary", ordinary, new HostileContent.Expected(lines, 0)));
        for (HostileContent content : contents) {
            String name = content.word();
            Path file = load.work().resolve(name + (content.isPacked() ? ".log.gz" : ".log"));
            inputs.add(new Input(name, file, content.write(file, lines)));
        }
        for (Input input : inputs) {
            LoadProcess.readOnce(input.file);
        }
        for (int run = 0; run < runs; run++) {
            for (Input input : inputs) {
                measure(input);
            }
        }
        print(inputs);
        for (Input hostile : inputs.subList(1, inputs.size())) {
            Files.delete(hostile.file);
        }
    }

    private void measure(Input input) throws IOException, InterruptedException {
        Finished finished =
                load.weir(
                        List.of(input.file),
                        input.expected.records(),
                        input.expected.rejectedLines(),
                        heap);
        Matcher text = TEXT_BYTES.matcher(finished.out());
        if (!text.find()) {
            throw new IllegalStateException("no size of the text in " + finished.out());
        }
        input.textBytes = Long.parseLong(text.group(1));
        input.figures.add(finished);
        input.rates.add(input.textBytes / finished.seconds() / 1e6);
    }

    private void print(List<Input> inputs) {
        out.println();
        out.println(
                "| content"
                        + (heap.isEmpty() ? "" : ", " + heap)
                        + " | MB of text read | records | rejected lines | Weir s (min-max)"
                        + " | M lines/s | MB/s of text | by ordinary's MB/s | processor s"
                        + " | peak MB |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Input input : inputs) {
            HostileContent.Expected expected = input.expected;
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,d | %,d | %s | %s | %.0f | %.2f | %s | %s |%n",
                    input.name,
                    input.textBytes / 1e6,
                    expected.records(),
                    expected.rejectedLines(),
                    input.figures.secondsText(),
                    input.figures.millionsPerSecond(
                            expected.records() + expected.rejectedLines(), 3),
                    Spread.of(input.rates).median(),
                    Spread.ratio(input.rates, inputs.getFirst().rates),
                    input.figures.processorText(),
                    input.figures.peakText());
        }
    }
}
