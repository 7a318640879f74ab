// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnknownOutcomeException;
import weir.engine.format.SegmentSeal;
import weir.engine.manifest.Manifest;
import weir.engine.manifest.ManifestStore;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;

/// The one writer of a store. Safe for many threads: segments are written side by side, commits
/// come one after the other.
///
/// A written segment is on disk but belongs to nothing until a commit names it; one commit makes
/// any number of segments of any tables appear together.
public final class StoreWriter implements AutoCloseable {
    private final ManifestStore files;
    private final AutoCloseable lock;
    private final AtomicLong nextSegmentId;
    private Manifest manifest;

    /// Why a commit failed; after that there is none.
    private @Nullable StoreException failure;

    private volatile boolean isClosed;

    private StoreWriter(ManifestStore files, AutoCloseable lock, Manifest manifest) {
        this.files = files;
        this.lock = lock;
        this.manifest = manifest;
        this.nextSegmentId = new AtomicLong(manifest.nextSegmentId());
    }

    static StoreWriter open(ManifestStore files, String command) {
        return locked(files, files.lock(command));
    }

    static @Nullable StoreWriter tryOpen(ManifestStore files, String command) {
        AutoCloseable lock = files.tryLock(command);
        return lock == null ? null : locked(files, lock);
    }

    private static StoreWriter locked(ManifestStore files, AutoCloseable lock) {
        try {
            Manifest manifest = files.read();
            files.removeUnpublished(manifest);
            return new StoreWriter(files, lock, manifest);
        } catch (RuntimeException | Error e) {
            close(lock, e);
            throw e;
        }
    }

    private static void close(AutoCloseable lock, Throwable cause) {
        try {
            lock.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    /// A segment that is on disk and waits for its commit.
    ///
    /// @param table the table it will belong to
    /// @param entry what the manifest will say of it
    public record WrittenSegment(String table, Manifest.Entry entry) {
        /// Its number.
        public long segmentId() {
            return entry.segmentId();
        }

        /// Its rows.
        public int rowCount() {
            return entry.rowCount();
        }

        /// Bytes of its file.
        public long sizeBytes() {
            return entry.sizeBytes();
        }
    }

    /// Writes the rows of `builder` as a segment of `table`.
    ///
    /// @throws StoreException when writing fails; nothing is left then
    public WrittenSegment write(String table, SegmentBuilder builder) {
        checkOpen();
        long segmentId = nextSegmentId.getAndIncrement();
        String file = "%s-%08d.seg".formatted(table.replaceAll("[^a-z0-9]", "-"), segmentId);
        Path path = files.segmentPath(file);
        SegmentSeal seal = builder.write(files.files(), path, segmentId);
        return new WrittenSegment(
                table,
                new Manifest.Entry(
                        segmentId, file, seal.rowCount(), seal.sizeBytes(), seal.footerChecksum()));
    }

    /// Makes segments appear, all at once, behind those that their tables have; durable when this
    /// returns. `schemas` says what the columns of each table are now; known columns stay.
    ///
    /// @throws StoreException when a table would have more columns, or the store more of anything,
    ///   than can be read again: the store is then as it was, and the segments wait. When the disk
    ///   fails the store is as it was, and this writer can commit no more: what could not be forced
    ///   may be lost although a second attempt succeeds
    /// @throws weir.engine.fault.UnknownOutcomeException when the disk fails in the last step: this
    ///   writer can commit no more, and what it wrote stays for the next one to look at
    public void commit(Map<String, Schema> schemas, List<WrittenSegment> segments) {
        commit(schemas, segments, Map.of());
    }

    /// The same, and keeps `marks`, numbers of whoever writes, in the same step. Marks of other
    /// names stay as they are.
    public synchronized void commit(
            Map<String, Schema> schemas, List<WrittenSegment> segments, Map<String, Long> marks) {
        Map<String, Manifest.Table> tables = new LinkedHashMap<>(manifest.tables());
        schemas.forEach((name, schema) -> {
            Manifest.Table known = tables.get(name);
            tables.put(
                    name,
                    known == null
                            ? new Manifest.Table(schema, List.of())
                            : new Manifest.Table(known.schema().merge(schema), known.segments()));
        });
        for (WrittenSegment segment : segments) {
            Manifest.Table known = tables.get(segment.table());
            if (known == null) {
                throw new IllegalArgumentException("no schema of table " + segment.table());
            }
            List<Manifest.Entry> entries = new ArrayList<>(known.segments());
            entries.add(segment.entry());
            tables.put(segment.table(), new Manifest.Table(known.schema(), List.copyOf(entries)));
        }
        Map<String, Long> allMarks = new TreeMap<>(manifest.marks());
        allMarks.putAll(marks);
        publish(tables, allMarks);
    }

    /// Takes segments of `table` away and puts others in the place of the first of them, all at
    /// once; durable when this returns. Readers go on with what they have.
    ///
    /// The files of what was taken away are deleted after that. One that cannot be deleted now is
    /// left to the next writer.
    ///
    /// @param removed the numbers of the segments to take away, at least one
    /// @throws IllegalArgumentException when nothing is to be taken away, or it is not of the table
    /// @throws StoreException when the manifest cannot be written; the store is then as it was, and
    ///   the segments to be added are removed
    public synchronized void replace(
            String table, Collection<Long> removed, List<WrittenSegment> added) {
        if (removed.isEmpty()) {
            throw new IllegalArgumentException("nothing is to be replaced in table " + table);
        }
        Manifest.Table known = manifest.table(table);
        Set<Long> missing = new HashSet<>(removed);
        List<Manifest.Entry> entries = new ArrayList<>();
        List<Manifest.Entry> gone = new ArrayList<>();
        for (Manifest.Entry entry : known == null ? List.<Manifest.Entry>of() : known.segments()) {
            if (!missing.remove(entry.segmentId())) {
                entries.add(entry);
                continue;
            }
            if (gone.isEmpty()) {
                added.forEach(segment -> entries.add(entryOf(segment, table)));
            }
            gone.add(entry);
        }
        if (known == null || !missing.isEmpty()) {
            Object first = missing.isEmpty() ? "none" : missing.iterator().next();
            throw new IllegalArgumentException("segment " + first + " is not of table " + table);
        }
        Map<String, Manifest.Table> tables = new LinkedHashMap<>(manifest.tables());
        tables.put(table, new Manifest.Table(known.schema(), List.copyOf(entries)));
        try {
            publish(tables);
        } catch (StoreException e) {
            discardAfter(e, added);
            throw e;
        }
        gone.forEach(this::deleteIfPossible);
    }

    /// Makes `segments` all that `table` holds, with the columns of `schema` alone, whatever it was
    /// before; durable when this returns. Readers go on with what they have.
    ///
    /// @throws StoreException when the manifest cannot be written; the store is then as it was, and
    ///   the segments are removed
    public void define(String table, Schema schema, List<WrittenSegment> segments) {
        segments.forEach(segment -> entryOf(segment, table));
        define(Map.of(table, schema), segments);
    }

    /// The same for several tables, all at once: each then holds those of `segments` that are its.
    ///
    /// @param schemas the columns by table
    public synchronized void define(Map<String, Schema> schemas, List<WrittenSegment> segments) {
        Map<String, Manifest.Table> tables = new LinkedHashMap<>(manifest.tables());
        List<Manifest.Table> gone = new ArrayList<>();
        schemas.forEach((table, schema) -> {
            List<Manifest.Entry> entries =
                    segments.stream()
                            .filter(segment -> segment.table().equals(table))
                            .map(WrittenSegment::entry)
                            .toList();
            Manifest.Table known = tables.put(table, new Manifest.Table(schema, entries));
            if (known != null) {
                gone.add(known);
            }
        });
        try {
            publish(tables);
        } catch (StoreException e) {
            discardAfter(e, segments);
            throw e;
        }
        gone.forEach(this::deleteAll);
    }

    /// Takes `table` away with all its segments; durable when this returns. Readers go on with what
    /// they have.
    ///
    /// @return whether there was such a table
    /// @throws StoreException when the manifest cannot be written; the store is then as it was
    public synchronized boolean remove(String table) {
        Map<String, Manifest.Table> tables = new LinkedHashMap<>(manifest.tables());
        Manifest.Table known = tables.remove(table);
        if (known == null) {
            return false;
        }
        publish(tables);
        deleteAll(known);
        return true;
    }

    private void deleteAll(Manifest.@Nullable Table gone) {
        if (gone != null) {
            gone.segments().forEach(this::deleteIfPossible);
        }
    }

    private void deleteIfPossible(Manifest.Entry entry) {
        try {
            files.files().delete(files.segmentPath(entry.file()));
        } catch (IOException _) {
            // It belongs to no table any more, so the next writer tries again.
        }
    }

    private static Manifest.Entry entryOf(WrittenSegment segment, String table) {
        if (!segment.table().equals(table)) {
            throw new IllegalArgumentException(
                    "a segment of table " + segment.table() + " cannot stand in table " + table);
        }
        return segment.entry();
    }

    /// The number called `name` that was last committed; 0 when there is none.
    public synchronized long mark(String name) {
        return manifest.marks().getOrDefault(name, 0L);
    }

    private void publish(Map<String, Manifest.Table> tables) {
        publish(tables, manifest.marks());
    }

    private void publish(Map<String, Manifest.Table> tables, Map<String, Long> marks) {
        Manifest next = new Manifest(manifest.generation() + 1, nextSegmentId.get(), tables, marks);
        publish(next);
    }

    private void publish(Manifest next) {
        checkOpen();
        if (failure != null) {
            throw new StoreException(
                    failure.path(),
                    "nothing more can be committed after a failure (" + failure.getMessage() + ")",
                    failure);
        }
        byte[] encoded = files.encode(next);
        try {
            files.publish(encoded);
        } catch (StoreException e) {
            failure = e;
            throw e;
        }
        manifest = next;
    }

    /// Removes segments that will not be committed because of `cause`, which tells if they stay: so
    /// the room comes back at once, above all on a full disk.
    public void discardAfter(Throwable cause, List<WrittenSegment> segments) {
        try {
            discard(segments);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /// Removes segments that were written but will not be committed. After a commit of unknown
    /// outcome they stay, since the store may name them; the next writer removes them if it does
    /// not.
    public void discard(List<WrittenSegment> segments) {
        if (failure instanceof UnknownOutcomeException) {
            return;
        }
        StoreException first = null;
        for (WrittenSegment segment : segments) {
            Path path = files.segmentPath(segment.entry().file());
            try {
                files.files().delete(path);
            } catch (IOException e) {
                StoreException next = StoreException.io(path, "cannot be removed", e);
                if (first == null) {
                    first = next;
                } else {
                    first.addSuppressed(next);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /// Begins anew under the same lock: reads the manifest again, whatever became of a commit that
    /// failed, and removes what belongs to nothing. Nobody else may be using this writer meanwhile,
    /// and what it wrote and did not commit is gone.
    ///
    /// @throws StoreException when the manifest cannot be read, or the store not be tidied
    public synchronized void renew() {
        checkOpen();
        Manifest now = files.read();
        files.removeUnpublished(now);
        manifest = now;
        nextSegmentId.accumulateAndGet(now.nextSegmentId(), Math::max);
        failure = null;
    }

    /// One that gave its lock back would write over what the next one does.
    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("the writer was closed");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            lock.close();
        } catch (Exception e) {
            throw new IllegalStateException("the store's lock cannot be given back", e);
        }
    }
}
