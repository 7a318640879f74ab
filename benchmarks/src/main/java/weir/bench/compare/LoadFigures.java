// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import weir.bench.compare.Processes.Finished;

/// The runs of one program over one input, as cells of a table. For one thread.
final class LoadFigures {
    private final List<Finished> runs = new ArrayList<>();

    void add(Finished run) {
        runs.add(run);
    }

    Spread seconds() {
        return Spread.of(runs.stream().map(Finished::seconds).toList());
    }

    String secondsText() {
        return seconds().text(2);
    }

    /// Seconds of the run in the middle, or `?`.
    String processorText() {
        return middle(Comparator.comparingDouble(run -> run.usage().processorSeconds().orElse(0)))
                .usage()
                .processorText();
    }

    /// Megabytes of the run that took most, or `?`.
    String peakText() {
        return runs.stream()
                .max(Comparator.comparingLong(run -> run.usage().peakBytes().orElse(0)))
                .map(run -> run.usage().peakText())
                .orElse("?");
    }

    /// Millions of something a second, by the run in the middle.
    String millionsPerSecond(long amount, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", amount / seconds().median() / 1e6);
    }

    private Finished middle(Comparator<Finished> order) {
        return runs.stream().sorted(order).toList().get(runs.size() / 2);
    }
}
