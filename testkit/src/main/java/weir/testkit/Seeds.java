// SPDX-License-Identifier: Apache-2.0
package weir.testkit;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Seeds for random tests: printed, so that a failure can be run again. Stateless.
public final class Seeds {

    private static final String PROPERTY = "seed";

    private Seeds() {}

    /// A seed for a test, and a line on standard output that names both. With `-Dseed=N` it is N,
    /// which replays an earlier run; else it comes from the clock.
    ///
    /// @param test what the line calls the test
    /// @throws IllegalArgumentException when `-Dseed` is no number
    @SuppressWarnings("SystemOut") // a test's report is where the seed has to be
    public static long next(String test) {
        return next(test, System.getProperty(PROPERTY), System.out);
    }

    static long next(String test, @Nullable String given, PrintStream out) {
        long seed = given == null ? System.nanoTime() ^ (long) test.hashCode() << 32 : parse(given);
        out.println(test + " runs with seed " + seed + " (again: -Dseed=" + seed + ")");
        return seed;
    }

    private static long parse(String given) {
        try {
            return Long.parseLong(given.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-Dseed is a whole number, not '" + given + "'", e);
        }
    }
}
