// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.util.Random;

/// Random numbers of a test: the seed is printed, and `-Dseed=N` replays it.
public final class Randoms {
    private Randoms() {}

    /// A generator for the test called `name`.
    public static Random of(String name) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.err.println(name + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
