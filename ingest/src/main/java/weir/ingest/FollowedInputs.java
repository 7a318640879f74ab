// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.ingest.source.InputFile;

/// Files and directories that are looked at again and again, for new files. A file is collected
/// when it has come to rest: two looks found it the same, or it is some seconds old at the first.
/// The ledger of collecting applies: what the store has is not collected again, by whatever name.
/// Confined to one thread.
public final class FollowedInputs {
    private static final long REST_MILLIS = 2_000;

    private final FlowIngestor ingestor;
    private final List<String> inputs;
    private final IngestOptions options;
    private final Map<String, Stamp> seen = new HashMap<>();
    private final Map<String, Stamp> done = new HashMap<>();

    private record Stamp(long sizeBytes, long modifiedMillis) {
        static Stamp of(InputFile file) {
            return new Stamp(file.sizeBytes(), file.modifiedMillis());
        }
    }

    /// Follows `inputs`, as [FlowIngestor#ingest] reads them, but for standard input.
    public FollowedInputs(FlowIngestor ingestor, List<String> inputs, IngestOptions options) {
        this.ingestor = ingestor;
        this.inputs = List.copyOf(inputs);
        this.options = options;
    }

    /// Looks once, and collects what came to rest.
    ///
    /// @param appender whoever writes to the store already; null when nobody does
    /// @return what was collected; null when there was nothing
    /// @throws weir.engine.fault.StoreException when the store cannot be written: the next look
    ///   tries again
    /// @throws java.util.concurrent.CancellationException when this thread is interrupted
    public @Nullable IngestReport look(@Nullable FlowAppender appender, ProgressListener listener) {
        Map<String, Stamp> ready = new HashMap<>();
        long now = System.currentTimeMillis();
        for (InputFile file : ingestor.find(inputs, options).files()) {
            Stamp stamp = Stamp.of(file);
            boolean isOld = now - file.modifiedMillis() >= REST_MILLIS;
            Stamp before = seen.put(file.name(), stamp);
            boolean isAtRest = before == null ? isOld : before.equals(stamp);
            if (isAtRest && !stamp.equals(done.get(file.name()))) {
                ready.put(file.name(), stamp);
            }
        }
        if (ready.isEmpty()) {
            return null;
        }
        IngestReport report =
                appender == null
                        ? ingestor.ingest(inputs, options, ready.keySet(), listener)
                        : appender.ingest(ingestor, inputs, options, ready.keySet(), listener);
        done.putAll(ready);
        boolean isNew = report.files() > 0 || report.failedFiles() > 0;
        return isNew ? report : null;
    }
}
