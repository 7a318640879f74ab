// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.InputFile;

/// A piece of the work of a run, in input order.
sealed interface UnitPlan {
    /// Whole files, read one after the other.
    record Files(List<InputFile> files) implements UnitPlan {}

    /// One large plain file, read in slices.
    record Sliced(InputFile file, List<Slice> slices) implements UnitPlan {
        /// Cuts `file` into slices of `sliceBytes`, all to be read as `format` at first.
        static Sliced of(InputFile file, long sliceBytes, FlowFormat format, int markBytes) {
            List<Slice> slices = new ArrayList<>();
            for (long start = 0; start < file.sizeBytes(); start += sliceBytes) {
                long end = Math.min(file.sizeBytes(), start + sliceBytes);
                slices.add(new Slice(file, start, end, format, start == 0 ? markBytes : 0));
            }
            return new Sliced(file, List.copyOf(slices));
        }
    }
}
