// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

/// What is known of a predicate over many rows without reading them.
public enum Verdict {
    /// No row can pass: proven.
    NONE,
    /// Some rows may pass: the answer when nothing is known.
    SOME,
    /// Every row passes: proven.
    ALL;

    /// The verdict of two predicates that must both hold.
    public Verdict and(Verdict other) {
        return this == NONE || other == NONE ? NONE : this == ALL ? other : this;
    }

    /// The verdict of two predicates of which one must hold.
    public Verdict or(Verdict other) {
        return this == ALL || other == ALL ? ALL : this == NONE ? other : this;
    }
}
