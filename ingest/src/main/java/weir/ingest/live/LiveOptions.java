// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.time.Duration;
import weir.ingest.record.FlowFormat;

/// How a session collects. Immutable; start from [#defaults].
///
/// @param name what the stream is called in `"$path"` and in the ledger
/// @param format the fields of the first lines, unless a header line comes before them
/// @param freshness how old a record becomes before it is written for queries of other processes, 1
///   ms to 1 hour
/// @param partBytes text of one journal: behind it the next is begun
public record LiveOptions(String name, FlowFormat format, Duration freshness, long partBytes) {
    private static final long PART_BYTES = 256L << 20;

    /// Checks each value.
    public LiveOptions {
        boolean isIn =
                freshness.compareTo(Duration.ofMillis(1)) >= 0
                        && freshness.compareTo(Duration.ofHours(1)) <= 0;
        if (!isIn) {
            throw new IllegalArgumentException("the freshness is 1 ms to 1 hour, not " + freshness);
        }
        if (partBytes < 1) {
            throw new IllegalArgumentException("a journal has 1 byte or more, not " + partBytes);
        }
        if (name.isEmpty() || name.length() > 1_000) {
            throw new IllegalArgumentException("a stream has a name of 1 to 1,000 characters");
        }
    }

    /// A stream called `live` of AWS's default format, written each second.
    public static LiveOptions defaults() {
        return new LiveOptions("live", FlowFormat.DEFAULT, Duration.ofSeconds(1), PART_BYTES);
    }

    /// These options for a stream called `name`.
    public LiveOptions withName(String name) {
        return new LiveOptions(name, format, freshness, partBytes);
    }

    /// These options with the fields that `format` names, as [weir.ingest.IngestOptions#withFormat]
    /// reads them.
    ///
    /// @throws IllegalArgumentException when that is no list of distinct field names
    public LiveOptions withFormat(String format) {
        return new LiveOptions(name, FlowFormat.parse(format), freshness, partBytes);
    }

    /// These options with another freshness.
    public LiveOptions withFreshness(Duration freshness) {
        return new LiveOptions(name, format, freshness, partBytes);
    }

    /// These options with other sizes of journals, so that little text fills some.
    public LiveOptions withPartBytes(long bytes) {
        return new LiveOptions(name, format, freshness, bytes);
    }
}
