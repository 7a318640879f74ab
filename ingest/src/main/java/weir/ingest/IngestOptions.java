// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.List;
import weir.ingest.record.FlowFormat;

/// How to collect. Immutable; start from [#defaults].
///
/// @param format the fields of files without a header line; a header in a file goes before it
/// @param threads how many threads read, 1 to 1024
public record IngestOptions(FlowFormat format, int threads) {
    private static final int THREADS_MAX = 1024;

    /// Checks each value.
    public IngestOptions {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "threads is 1 to " + THREADS_MAX + ", not " + threads);
        }
    }

    /// AWS's default format, and a thread for each processor.
    public static IngestOptions defaults() {
        return new IngestOptions(FlowFormat.DEFAULT, Runtime.getRuntime().availableProcessors());
    }

    /// These options with the fields that `format` names for files without a header line: names
    /// separated by spaces or commas, with hyphens or underscores, or in AWS's spelling `${field}`.
    ///
    /// @throws IllegalArgumentException when that is no list of distinct field names
    public IngestOptions withFormat(String format) {
        return new IngestOptions(FlowFormat.parse(format), threads);
    }

    /// These options with another number of threads.
    public IngestOptions withThreads(int threads) {
        return new IngestOptions(format, threads);
    }

    /// Names in the format that AWS does not document: their columns are text.
    public List<String> unknownFields() {
        return format.unknownNames();
    }
}
