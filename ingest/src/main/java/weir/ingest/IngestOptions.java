// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.List;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.Form;

/// How to collect. Immutable; start from [#defaults].
///
/// @param format the fields of files without a header line; a header in a file goes before it
/// @param form what holds the records; [Form#AUTO] looks
/// @param threads how many threads read, 1 to 1024
public record IngestOptions(FlowFormat format, Form form, int threads) {
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
        return new IngestOptions(
                FlowFormat.DEFAULT, Form.AUTO, Runtime.getRuntime().availableProcessors());
    }

    /// These options with the fields that `format` names for files without a header line: names
    /// separated by spaces or commas, with hyphens or underscores, or in AWS's spelling `${field}`.
    ///
    /// @throws IllegalArgumentException when that is no list of distinct field names
    public IngestOptions withFormat(String format) {
        return new IngestOptions(FlowFormat.parse(format), form, threads);
    }

    /// These options with another number of threads.
    public IngestOptions withThreads(int threads) {
        return new IngestOptions(format, form, threads);
    }

    /// These options for files that all are of the form called `word`: `auto`, `text`, `csv`,
    /// `json` or `parquet`, whatever they are packed in.
    ///
    /// @throws IllegalArgumentException when there is no such form
    public IngestOptions withForm(String word) {
        return new IngestOptions(format, Form.parse(word), threads);
    }

    /// Names in the format that AWS does not document: their columns are text.
    public List<String> unknownFields() {
        return format.unknownNames();
    }
}
