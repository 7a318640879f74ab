// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// What a process used, as far as this system tells: on Linux all of it. Immutable.
///
/// @param processorSeconds in user and system mode, of the process and of all its children
/// @param peakBytes the most memory that was resident at once, mapped files included; what the
///   process took in its last 10 ms may be missing
record ProcessUsage(OptionalDouble processorSeconds, OptionalLong peakBytes) {
    private static final int SAMPLE_MILLIS = 10;

    /// The unit of times in `/proc`: a hundredth of a second wherever Linux runs a JDK.
    private static final double TICKS_PER_SECOND = 100;

    /// Seconds with one digit, or `?`.
    String processorText() {
        return processorSeconds.isPresent()
                ? String.format(Locale.ROOT, "%.1f", processorSeconds.getAsDouble())
                : "?";
    }

    /// Megabytes, or `?`.
    String peakText() {
        return peakBytes.isPresent()
                ? String.format(Locale.ROOT, "%.0f", peakBytes.getAsLong() / 1e6)
                : "?";
    }

    /// Made before a process starts, because it takes what this process's ended children used until
    /// then from what they used afterwards. Right for one process at a time.
    static Meter meter() {
        return new Meter(secondsOfEndedChildren());
    }

    /// Follows one process.
    static final class Meter {
        private final OptionalDouble before;

        private Meter(OptionalDouble before) {
            this.before = before;
        }

        /// Waits for the end of `process`.
        ProcessUsage follow(Process process) throws InterruptedException {
            long peak = -1;
            do {
                peak = Math.max(peak, residentPeak(process.pid()));
            } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
            OptionalDouble after = secondsOfEndedChildren();
            return new ProcessUsage(
                    before.isPresent() && after.isPresent()
                            ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                            : OptionalDouble.empty(),
                    peak < 0 ? OptionalLong.empty() : OptionalLong.of(peak));
        }
    }

    /// Bytes, or -1 where the process has ended or the system does not tell.
    private static long residentPeak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }

    /// The two fields for children that were waited for, counted behind the name of the program,
    /// which is in parentheses and may hold blanks.
    private static OptionalDouble secondsOfEndedChildren() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
            return OptionalDouble.of(ticks / TICKS_PER_SECOND);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
