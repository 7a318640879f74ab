// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.engine.fault.StoreException;
import weir.engine.format.SegmentSeal;
import weir.engine.manifest.Manifest;
import weir.engine.manifest.ManifestStore;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.AddressNumbers;

/// The segments of a store that are open, and how many snapshots use each. Safe for many threads.
///
/// *Invariant:* an open segment is used by a snapshot that was not closed, or named by the manifest
/// that was read last.
final class OpenSegments implements AutoCloseable {
    private final ManifestStore files;
    private final AddressNumbers addressNumbers = new AddressNumbers();
    private final Map<Manifest.Entry, Use> open = new HashMap<>();
    private final Set<Manifest.Entry> named = new HashSet<>();
    private boolean isClosed;

    OpenSegments(ManifestStore files) {
        this.files = files;
    }

    private static final class Use {
        final SegmentReader reader;
        int snapshots;

        Use(SegmentReader reader) {
            this.reader = reader;
        }
    }

    /// All tables as they stand now. Another process may take away segments between the reading of
    /// the manifest and the opening of its segments; there is a newer manifest then, and it counts.
    ///
    /// @param skipsDamaged whether segments that cannot be opened are left out
    synchronized Snapshot snapshot(boolean skipsDamaged) {
        if (isClosed) {
            throw new IllegalStateException("the store was closed");
        }
        Manifest manifest = files.read();
        while (true) {
            try {
                return snapshot(manifest, skipsDamaged);
            } catch (StoreException e) {
                if (!isOutdated(manifest, e)) {
                    throw e;
                }
                manifest = files.read();
            }
        }
    }

    /// Whether `failure` may be that a newer manifest does not name a file any more.
    private boolean isOutdated(Manifest manifest, StoreException failure) {
        return failure.getCause() instanceof NoSuchFileException
                && files.read().generation() != manifest.generation();
    }

    private Snapshot snapshot(Manifest manifest, boolean skipsDamaged) {
        Map<String, TableSnapshot> tables = new LinkedHashMap<>();
        List<Manifest.Entry> used = new ArrayList<>();
        manifest.tables()
                .forEach((name, table) -> {
                    List<SegmentReader> segments = new ArrayList<>();
                    List<SkippedSegment> skipped = new ArrayList<>();
                    for (Manifest.Entry entry : table.segments()) {
                        try {
                            segments.add(reader(entry));
                            used.add(entry);
                        } catch (StoreException e) {
                            if (!skipsDamaged || isOutdated(manifest, e)) {
                                throw e;
                            }
                            skipped.add(
                                    new SkippedSegment(name, entry.file(), entry.rowCount(), e));
                        }
                    }
                    tables.put(
                            name,
                            new TableSnapshot(
                                    name,
                                    table.schema(),
                                    List.copyOf(segments),
                                    List.copyOf(skipped)));
                });
        used.forEach(entry -> use(entry).snapshots++);
        named.clear();
        named.addAll(used);
        closeUnused();
        return new Snapshot(manifest.generation(), tables, () -> release(used));
    }

    private Use use(Manifest.Entry entry) {
        Use use = open.get(entry);
        if (use == null) {
            throw new IllegalStateException(entry.file() + " is not open");
        }
        return use;
    }

    private SegmentReader reader(Manifest.Entry entry) {
        Use known = open.get(entry);
        if (known != null) {
            return known.reader;
        }
        SegmentSeal seal =
                new SegmentSeal(
                        entry.segmentId(),
                        entry.rowCount(),
                        entry.sizeBytes(),
                        entry.footerChecksum());
        SegmentReader reader =
                SegmentReader.open(files.segmentPath(entry.file()), seal, addressNumbers);
        open.put(entry, new Use(reader));
        return reader;
    }

    private synchronized void release(List<Manifest.Entry> used) {
        if (!isClosed) {
            used.forEach(entry -> use(entry).snapshots--);
            closeUnused();
        }
    }

    private void closeUnused() {
        open.entrySet()
                .removeIf(entry -> {
                    Use use = entry.getValue();
                    boolean isUnused = use.snapshots == 0 && !named.contains(entry.getKey());
                    if (isUnused) {
                        use.reader.close();
                    }
                    return isUnused;
                });
    }

    /// How many segments are open.
    synchronized int size() {
        return open.size();
    }

    /// Closes all of them, used or not.
    @Override
    public synchronized void close() {
        isClosed = true;
        open.values().forEach(use -> use.reader.close());
        open.clear();
    }
}
