// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.engine.format.SegmentSeal;
import weir.engine.manifest.Manifest;
import weir.engine.manifest.ManifestStore;
import weir.engine.memory.FileLayer;
import weir.engine.segment.SegmentReader;

/// A directory of tables made of immutable segments. Any number of processes may read one store
/// while one writes to it; a reader sees one moment of it for as long as it keeps a [Snapshot].
///
/// Safe for many threads. Closing it unmaps every segment it opened.
public final class Store implements AutoCloseable {
    private final ManifestStore files;
    private final Map<String, SegmentReader> open = new HashMap<>();

    private Store(ManifestStore files) {
        this.files = files;
    }

    /// Opens the store in `directory`.
    ///
    /// @throws weir.engine.fault.StoreException when there is none
    public static Store open(Path directory) {
        return open(directory, FileLayer.SYSTEM);
    }

    /// The same with every change going through `layer`.
    public static Store open(Path directory, FileLayer layer) {
        ManifestStore files = new ManifestStore(directory, layer);
        files.read();
        return new Store(files);
    }

    /// Opens the store in `directory`, making an empty one when there is none.
    ///
    /// Two that do so at once get the same store.
    ///
    /// @throws weir.engine.fault.StoreException when the directory holds other things, or segments
    ///   whose manifest is missing
    public static Store openOrCreate(Path directory) {
        return openOrCreate(directory, FileLayer.SYSTEM);
    }

    /// The same with every change going through `layer`.
    public static Store openOrCreate(Path directory, FileLayer layer) {
        ManifestStore files = new ManifestStore(directory, layer);
        if (!files.exists()) {
            files.create();
        }
        return new Store(files);
    }

    /// All tables as they stand now. Opens segments that are not open yet.
    ///
    /// @throws weir.engine.fault.StoreException when the manifest or a segment cannot be read
    public synchronized Snapshot snapshot() {
        Manifest manifest = files.read();
        Map<String, TableSnapshot> tables = new LinkedHashMap<>();
        manifest.tables()
                .forEach((name, table) -> {
                    List<SegmentReader> segments = new ArrayList<>();
                    for (Manifest.Entry entry : table.segments()) {
                        segments.add(reader(entry));
                    }
                    tables.put(
                            name, new TableSnapshot(name, table.schema(), List.copyOf(segments)));
                });
        return new Snapshot(manifest.generation(), tables);
    }

    private SegmentReader reader(Manifest.Entry entry) {
        SegmentReader known = open.get(entry.file());
        if (known != null) {
            return known;
        }
        SegmentSeal seal =
                new SegmentSeal(
                        entry.segmentId(),
                        entry.rowCount(),
                        entry.sizeBytes(),
                        entry.footerChecksum());
        SegmentReader reader = SegmentReader.open(files.segmentPath(entry.file()), seal);
        open.put(entry.file(), reader);
        return reader;
    }

    /// Starts writing, alone: takes the store's lock and removes what a killed writer left.
    ///
    /// @throws weir.engine.fault.StoreException when another process is writing
    public StoreWriter writer() {
        return StoreWriter.open(files);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(SegmentReader::close);
        open.clear();
    }
}
