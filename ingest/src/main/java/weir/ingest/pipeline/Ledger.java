// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.ingest.record.FlowTables;
import weir.ingest.source.InputFile;

/// What is known of files: those of earlier runs, and those of this one so far. Safe for many
/// threads to ask; added to by one.
///
/// *Invariants:* content is known only by the entry whose rows were taken, so that nothing is known
/// without rows; broken content never passes for whole content, nor the other way round.
final class Ledger {
    private static final List<Column> COLUMNS = FlowTables.FILES_SCHEMA.columns();

    /// From this size on two files of one size are probably the same.
    private static final long TELLING_BYTES = 1L << 20;

    private final Map<String, LedgerEntry> entryOfPath = new ConcurrentHashMap<>();
    private final Map<String, Collected> collectedOfPath = new ConcurrentHashMap<>();
    private final Map<String, LedgerEntry> takenOfContent = new ConcurrentHashMap<>();
    private final Set<Long> sizes = ConcurrentHashMap.newKeySet();
    private final Set<String> fileNames = ConcurrentHashMap.newKeySet();

    /// A file that gave rows, or has the content of one that did.
    ///
    /// @param entry what the ledger says
    /// @param millis when, in milliseconds since 1970 UTC
    record Collected(LedgerEntry entry, long millis) {}

    /// The ledger as `snapshot` has it.
    ///
    /// @throws weir.engine.fault.StoreException when a part of it is left out as damaged: files
    ///   that it lists would be collected twice
    static Ledger load(Snapshot snapshot) {
        Ledger ledger = new Ledger();
        TableSnapshot table = snapshot.table(FlowTables.FILES);
        if (table != null) {
            if (!table.skipped().isEmpty()) {
                throw table.skipped().getFirst().reason();
            }
            for (SegmentReader segment : table.segments()) {
                ledger.load(segment);
            }
        }
        return ledger;
    }

    private void load(SegmentReader segment) {
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(COLUMNS, null), new ScanMetrics());
        VectorBatch batch = scan.next();
        while (batch != null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                add(entry(batch, row), number(batch, FlowTables.FILE_COLLECTED, row));
            }
            batch = scan.next();
        }
    }

    private static LedgerEntry entry(VectorBatch batch, int row) {
        String path = text(batch, FlowTables.FILE_PATH, row);
        String status = text(batch, FlowTables.FILE_STATUS, row);
        return new LedgerEntry(
                path == null ? "" : path,
                text(batch, FlowTables.FILE_CONTENT_HASH, row),
                text(batch, FlowTables.FILE_PACKED_HASH, row),
                number(batch, FlowTables.FILE_SIZE_BYTES, row),
                number(batch, FlowTables.FILE_DECODED_BYTES, row),
                number(batch, FlowTables.FILE_MODIFIED, row),
                text(batch, FlowTables.FILE_FORM, row),
                text(batch, FlowTables.FILE_FORMAT, row),
                number(batch, FlowTables.FILE_RECORDS, row),
                number(batch, FlowTables.FILE_REJECTED_LINES, row),
                FileStatus.ofText(status == null ? "" : status),
                text(batch, FlowTables.FILE_REASON, row));
    }

    private static @Nullable String text(VectorBatch batch, Column column, int row) {
        return ((Vector.Codes) batch.column(COLUMNS.indexOf(column))).text(row);
    }

    private static long number(VectorBatch batch, Column column, int row) {
        Vector.Longs numbers = (Vector.Longs) batch.column(COLUMNS.indexOf(column));
        return numbers.isNull(row) ? 0 : numbers.values()[row];
    }

    /// Adds what became of a file at `millis`.
    void add(LedgerEntry entry, long millis) {
        entryOfPath.put(entry.path(), entry);
        FileStatus status = entry.status();
        if (status == FileStatus.DUPLICATE || (status.isTaken() && entry.records() > 0)) {
            collectedOfPath.put(entry.path(), new Collected(entry, millis));
        }
        List<String> keys = entry.contentKeys();
        if (!keys.isEmpty() && status.isTaken() && status != FileStatus.EMPTY) {
            keys.forEach(key -> takenOfContent.putIfAbsent(key, entry));
            sizes.add(entry.sizeBytes());
            sizes.add(entry.decodedBytes());
            fileNames.add(fileName(entry.path()));
        }
    }

    /// Whether `file` was collected and has not changed since, by its name, size and time.
    boolean isUnchanged(InputFile file) {
        LedgerEntry entry = entryOfPath.get(file.name());
        return entry != null
                && !file.isStandardInput()
                && entry.status().isSettled()
                && entry.sizeBytes() == file.sizeBytes()
                && entry.modifiedMillis() == file.modifiedMillis();
    }

    /// Whether the ledger says exactly this already.
    boolean holds(LedgerEntry entry) {
        return entry.equals(entryOfPath.get(entry.path()));
    }

    /// The file whose rows were taken of the content with one of these [LedgerEntry#contentKeys];
    /// null when none were.
    @Nullable String pathOfContent(List<String> keys) {
        for (String key : keys) {
            LedgerEntry entry = takenOfContent.get(key);
            if (entry != null) {
                return entry.path();
            }
        }
        return null;
    }

    /// Whether rows of an earlier content of `file` were taken, so that other content under its
    /// name would count them again.
    boolean wasCollected(InputFile file) {
        return !file.isStandardInput() && collectedOfPath.containsKey(file.name());
    }

    /// Why `file`, which was collected, must not be collected again with other content.
    String changedReason(InputFile file) {
        Collected before = Objects.requireNonNull(collectedOfPath.get(file.name()), file.name());
        return ("changed since it was collected on %s (it had %s): collecting it would count those"
                        + " again; collect it into another store, ask it with --from, or take"
                        + " all of it with --again")
                .formatted(
                        Instant.ofEpochMilli(before.millis).atZone(ZoneOffset.UTC).toLocalDate(),
                        records(before.entry));
    }

    private String records(LedgerEntry entry) {
        long records = entry.records();
        if (entry.status() == FileStatus.DUPLICATE) {
            for (String key : entry.contentKeys()) {
                LedgerEntry taken = takenOfContent.get(key);
                records = taken == null ? records : taken.records();
            }
        }
        return records == 1 ? "1 record" : String.format(Locale.ROOT, "%,d records", records);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether it is likely that the content of `file` is known, so that hashing it first is worth
    /// its time: a collected file has its size, and its name too where sizes often agree by chance.
    boolean mayHold(InputFile file) {
        return sizes.contains(file.sizeBytes())
                && (file.sizeBytes() >= TELLING_BYTES || fileNames.contains(fileName(file.name())));
    }
}
