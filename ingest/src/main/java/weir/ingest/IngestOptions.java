// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.Form;

/// How to collect. Immutable; start from [#defaults].
///
/// @param format the fields of files without a header line; a header in a file goes before it
/// @param form what holds the records; [Form#AUTO] looks
/// @param from leave out folders that hold only earlier records; null for none
/// @param to leave out folders that hold only records of this time and later; null for none
/// @param takesChanged whether a file that changed since it was collected is collected again
/// @param threads how many threads read, 1 to 1024
public record IngestOptions(
        FlowFormat format,
        Form form,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean takesChanged,
        int threads) {
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
                FlowFormat.DEFAULT,
                Form.AUTO,
                null,
                null,
                false,
                Runtime.getRuntime().availableProcessors());
    }

    /// These options with the fields that `format` names for files without a header line: names
    /// separated by spaces or commas, with hyphens or underscores, or in AWS's spelling `${field}`.
    ///
    /// @throws IllegalArgumentException when that is no list of distinct field names
    public IngestOptions withFormat(String format) {
        return new IngestOptions(FlowFormat.parse(format), form, from, to, takesChanged, threads);
    }

    /// These options with another number of threads.
    public IngestOptions withThreads(int threads) {
        return new IngestOptions(format, form, from, to, takesChanged, threads);
    }

    /// These options for files that all are of the form called `word`: `auto`, `text`, `csv`,
    /// `json` or `parquet`, whatever they are packed in.
    ///
    /// @throws IllegalArgumentException when there is no such form
    public IngestOptions withForm(String word) {
        return new IngestOptions(format, Form.parse(word), from, to, takesChanged, threads);
    }

    /// These options for files in folders of AWS that can hold records of a time: by the time of
    /// the folder, with an hour of slack; other files are not left out.
    ///
    /// @param from records start then or later; null for no bound
    /// @param to records start before that; null for no bound
    /// @throws IllegalArgumentException when that is no time
    public IngestOptions withTimes(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("no time is from " + from + " and before " + to);
        }
        return new IngestOptions(format, form, from, to, takesChanged, threads);
    }

    /// These options, but files that changed since they were collected are collected again, as a
    /// whole: records that were there before count twice.
    public IngestOptions withChanged() {
        return new IngestOptions(format, form, from, to, true, threads);
    }

    /// Names in the format that AWS does not document: their columns are text.
    public List<String> unknownFields() {
        return format.unknownNames();
    }
}
