// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;

/// Collects what is wrong with one file. Belongs to one thread.
final class Findings {
    private final String table;
    private final Path file;
    private final List<Finding> all = new ArrayList<>();
    private final Set<Long> places = new HashSet<>();

    Findings(String table, Path file) {
        this.table = table;
        this.file = file;
    }

    /// One part of the proof.
    interface Step {
        void run();
    }

    /// Runs a step; what it fails with becomes a finding. A part that is damaged fails everybody
    /// who reads it, and is listed once.
    ///
    /// @return whether it did not fail
    boolean complete(Step step) {
        try {
            step.run();
            return true;
        } catch (CorruptSegmentException e) {
            if (places.add(e.offset())) {
                all.add(Finding.of(table, e));
            }
        } catch (StoreException e) {
            all.add(Finding.of(table, e));
        }
        return false;
    }

    /// Adds what was found by comparing.
    void add(long offset, String expected, String found) {
        all.add(new Finding(table, file, offset, expected, found));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
