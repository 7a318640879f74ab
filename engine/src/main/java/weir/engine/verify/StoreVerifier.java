// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;
import weir.engine.format.SegmentSeal;
import weir.engine.manifest.Manifest;
import weir.engine.manifest.ManifestStore;
import weir.engine.schema.Schema;

/// Proves a whole store: the manifest, every segment it names, and that no other file is among the
/// segments. Other processes may read and write the store meanwhile. Confined to one thread, which
/// has others work for it.
public final class StoreVerifier {
    private final ManifestStore files;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long segments;
    private long damagedSegments;
    private long rows;
    private long blocks;
    private long bytes;

    private StoreVerifier(Path directory, Progress progress) {
        this.files = new ManifestStore(directory);
        this.progress = progress;
    }

    /// Told after every segment.
    @FunctionalInterface
    public interface Progress {
        /// So many of all bytes were read, with so many rows.
        void show(long bytesDone, long bytesTotal, long rowsDone);
    }

    /// A segment of a table.
    private record Named(String table, Schema schema, Manifest.Entry entry) {}

    /// Proves the store in `directory`.
    ///
    /// @param threads how many segments are read at once, at least 1
    /// @throws StoreException when there is no store, or its manifest cannot be read
    public static StoreVerification verify(Path directory, int threads, Progress progress) {
        StoreVerifier verifier = new StoreVerifier(directory, progress);
        try {
            verifier.verifySegments(verifier.files.read(), threads);
        } catch (CorruptSegmentException | UnsupportedFormatException e) {
            verifier.findings.add(Finding.of("", e));
        }
        return verifier.result();
    }

    /// The same of what `manifest` says, which may not be the newest.
    static StoreVerification verify(Path directory, Manifest manifest) {
        StoreVerifier verifier = new StoreVerifier(directory, (_, _, _) -> {});
        verifier.verifySegments(manifest, 1);
        return verifier.result();
    }

    private StoreVerification result() {
        return new StoreVerification(
                List.copyOf(findings),
                List.copyOf(notes),
                segments,
                damagedSegments,
                rows,
                blocks,
                bytes);
    }

    private void verifySegments(Manifest manifest, int threads) {
        List<Named> named = new ArrayList<>();
        manifest.tables()
                .forEach((table, known) ->
                        known.segments()
                                .forEach(entry ->
                                        named.add(new Named(table, known.schema(), entry))));
        // Before the segments are read: a writer may finish files meanwhile.
        for (Path file : files.unnamed(manifest)) {
            notes.add(file + " is of no table: a writer is at work, or was killed");
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<SegmentVerification>> running = new ArrayList<>();
            named.forEach(segment -> running.add(workers.submit(() -> verify(segment))));
            long total = named.stream().mapToLong(segment -> segment.entry.sizeBytes()).sum();
            long done = 0;
            long rowsDone = 0;
            for (int i = 0; i < running.size(); i++) {
                Manifest.Entry entry = named.get(i).entry;
                add(named.get(i), result(running.get(i), entry.file()));
                done += entry.sizeBytes();
                rowsDone += entry.rowCount();
                progress.show(done, total, rowsDone);
            }
        }
    }

    private SegmentVerification verify(Named segment) {
        Manifest.Entry entry = segment.entry;
        SegmentSeal seal =
                new SegmentSeal(
                        entry.segmentId(),
                        entry.rowCount(),
                        entry.sizeBytes(),
                        entry.footerChecksum());
        return SegmentVerifier.verify(
                segment.table, files.segmentPath(entry.file()), seal, segment.schema);
    }

    private static SegmentVerification result(Future<SegmentVerification> future, String file) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError error) {
                error.addSuppressed(new IllegalStateException("while " + file + " was verified"));
                throw error;
            }
            throw new IllegalStateException(file + " could not be verified", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a store was verified", e);
        }
    }

    private void add(Named segment, SegmentVerification found) {
        if (found.isSound()) {
            segments++;
            rows += found.rows();
            blocks += found.blocks();
            bytes += found.bytes();
        } else if (isReplaced(segment)) {
            notes.add(segment.entry.file() + " was replaced or dropped meanwhile");
        } else {
            damagedSegments++;
            findings.addAll(found.findings());
        }
    }

    /// Whether a writer took the segment away since the manifest was read.
    private boolean isReplaced(Named segment) {
        if (Files.exists(files.segmentPath(segment.entry.file()))) {
            return false;
        }
        Manifest.Table table = files.read().table(segment.table);
        return table == null || !table.segments().contains(segment.entry);
    }
}
