// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.TableSnapshot;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.StorageHints;
import weir.ingest.inflate.Decoders;
import weir.ingest.parse.FlowHints;
import weir.ingest.pipeline.IngestRun;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.pipeline.RunSummary;
import weir.ingest.record.FlowTables;
import weir.ingest.record.RecordTable;
import weir.ingest.source.FoundInputs;
import weir.ingest.source.InputFile;
import weir.ingest.source.InputFinder;
import weir.ingest.source.PathHours;

/// Collects flow logs into a store. Collecting the same content twice changes nothing.
///
/// Safe for many threads, of which one at a time can collect into one store.
public final class FlowIngestor implements AutoCloseable {
    /// The table of records of VPCs.
    public static final String FLOWS = FlowTables.FLOWS;

    /// The table of records of transit gateways.
    public static final String TRANSIT_GATEWAY_FLOWS = FlowTables.TRANSIT_GATEWAY_FLOWS;

    private static final int NAMED_MAX = 10;

    private final Store store;

    /// Where the store lies; null when nobody said.
    private final @Nullable Path directory;

    private final boolean isOwner;

    private FlowIngestor(Store store, @Nullable Path directory, boolean isOwner) {
        this.store = store;
        this.directory = directory;
        this.isOwner = isOwner;
    }

    /// Collects into the store in `storeDirectory`, which is made when there is none.
    ///
    /// @throws weir.engine.fault.StoreException when the directory is no store, or holds other
    ///   things
    public static FlowIngestor open(Path storeDirectory) {
        return new FlowIngestor(Store.openOrCreate(storeDirectory), storeDirectory, true);
    }

    /// Collects into `store`, which stays the caller's to close.
    public static FlowIngestor open(Store store) {
        return new FlowIngestor(store, null, false);
    }

    /// The same for a store that lies in `directory`, which is passed by where inputs lie above it.
    public static FlowIngestor open(Store store, Path directory) {
        return new FlowIngestor(store, directory, false);
    }

    /// Collects `inputs`: files, directories with all that is below them, patterns like
    /// `logs/**/*.gz`, and `-` for standard input. The store itself is passed by where it lies
    /// below a directory and its place is known. What cannot be read is in the report and the rest
    /// goes on; so is a file that was collected and has other content now, of which nothing is
    /// taken. Records are durable once they were committed, and all are when this returns.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be written, or another
    ///   process is writing to it
    /// @throws java.util.concurrent.CancellationException when this thread is interrupted: files
    ///   that were committed stay, and the same call again goes on behind them
    public IngestReport ingest(
            List<String> inputs, IngestOptions options, ProgressListener listener) {
        try (StoreWriter writer = store.writer("weir ingest")) {
            return ingest(writer, inputs, options, null, listener);
        }
    }

    /// Collects the bytes of `in` to its end, as a file called `name` would be; `in` stays open.
    /// They are copied to a temporary file first, since some forms are not read from first to last.
    ///
    /// @throws IOException when `in` cannot be read, or the copy not be written
    public IngestReport ingest(
            String name, InputStream in, IngestOptions options, ProgressListener listener)
            throws IOException {
        Path copy = Files.createTempFile("weir-ingest", ".log");
        try {
            long size = Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            long start = System.nanoTime();
            InputFile file = new InputFile(name, copy, size, System.currentTimeMillis());
            FoundInputs found = FoundInputs.of(file);
            RunSummary summary =
                    IngestRun.run(store, found, runOptions(options), listener::progress);
            return report(found, summary, (System.nanoTime() - start) / 1e9);
        } finally {
            Files.delete(copy);
        }
    }

    /// As [#ingest(List, IngestOptions, ProgressListener)], for those files only whose names are
    /// among `names`.
    IngestReport ingest(
            List<String> inputs,
            IngestOptions options,
            Set<String> names,
            ProgressListener listener) {
        try (StoreWriter writer = store.writer("weir ingest")) {
            return ingest(writer, inputs, options, names, listener);
        }
    }

    /// The same by a writer of the store that stays open.
    ///
    /// @param names the names of the files; null for all
    IngestReport ingest(
            StoreWriter writer,
            List<String> inputs,
            IngestOptions options,
            @Nullable Set<String> names,
            ProgressListener listener) {
        long start = System.nanoTime();
        FoundInputs found = find(inputs, options);
        FoundInputs wanted =
                names == null ? found : found.filtered(file -> names.contains(file.name()));
        RunSummary summary =
                IngestRun.run(store, writer, wanted, runOptions(options), listener::progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        return report(wanted, summary, seconds);
    }

    /// What there is of `inputs`.
    FoundInputs find(List<String> inputs, IngestOptions options) {
        return InputFinder.find(
                inputs,
                directory,
                folder -> PathHours.mayHold(folder, options.from(), options.to()));
    }

    private static RunOptions runOptions(IngestOptions options) {
        RunOptions run = RunOptions.of(options.format(), options.form(), options.threads());
        return options.takesChanged() ? run.withChanged() : run;
    }

    /// How the columns of the tables that collecting fills predict each other, by table: what
    /// writing their segments anew should know.
    public static Map<String, StorageHints> storageHints() {
        return Arrays.stream(RecordTable.values())
                .collect(Collectors.toUnmodifiableMap(RecordTable::table, FlowHints::of));
    }

    /// What unpacks gzip files in this process: `isal`, `libdeflate` or `jdk`. A small run does not
    /// look for the first two.
    ///
    /// @throws IllegalArgumentException when the system property `weir.inflater` is none of these
    ///   and not `auto`, or one that cannot be used here
    public static String inflater() {
        return Decoders.ofProcess().kind().word();
    }

    private IngestReport report(FoundInputs found, RunSummary summary, double seconds) {
        return new IngestReport(
                summary.files(),
                summary.skippedFiles(),
                found.hiddenFiles(),
                found.outsideFolders(),
                found.outsideFiles(),
                summary.failedFiles(),
                remarks(summary.failures()),
                remarks(summary.warnings()),
                summary.records(),
                summary.rejectedLines(),
                rejects(summary.worstFiles(NAMED_MAX)),
                rejects(summary.commonestReasons(NAMED_MAX)),
                summary.bytesIn(),
                summary.decodedBytes(),
                storeBytes(),
                summary.segments(),
                seconds);
    }

    private static List<IngestReport.Remark> remarks(List<RunSummary.Remark> remarks) {
        return remarks.stream().map(r -> new IngestReport.Remark(r.path(), r.reason())).toList();
    }

    private static List<IngestReport.Rejects> rejects(List<RunSummary.Rejects> rejects) {
        return rejects.stream().map(r -> new IngestReport.Rejects(r.name(), r.lines())).toList();
    }

    private long storeBytes() {
        long bytes = 0;
        try (Snapshot snapshot = store.snapshotOfReadable()) {
            for (TableSnapshot table : snapshot.tables().values()) {
                for (SegmentReader segment : table.segments()) {
                    bytes += segment.sizeBytes();
                }
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        if (isOwner) {
            store.close();
        }
    }
}
