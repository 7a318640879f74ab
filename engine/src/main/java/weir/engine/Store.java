// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import weir.engine.manifest.ManifestStore;
import weir.engine.memory.FileLayer;

/// A directory of tables made of immutable segments. Any number of processes may read one store
/// while one writes to it; a reader sees one moment of it for as long as it keeps a [Snapshot].
/// Neither waits for the other.
///
/// Safe for many threads. Closing it unmaps every segment it opened, those of snapshots too.
public final class Store implements AutoCloseable {
    private final ManifestStore files;
    private final OpenSegments segments;

    private Store(ManifestStore files) {
        this.files = files;
        this.segments = new OpenSegments(files);
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

    /// All tables as they stand now, until the snapshot is closed. Opens segments that are not open
    /// yet.
    ///
    /// @throws weir.engine.fault.StoreException when the manifest or a segment cannot be read
    /// @throws IllegalStateException when this store was closed
    public Snapshot snapshot() {
        return segments.snapshot(false);
    }

    /// The same without the segments that cannot be opened: their tables name them. Damage that
    /// opening does not show (that of blocks, indexes, dictionaries) fails whoever reads them.
    ///
    /// @throws weir.engine.fault.StoreException when the manifest cannot be read
    /// @throws IllegalStateException when this store was closed
    public Snapshot snapshotOfReadable() {
        return segments.snapshot(true);
    }

    /// How many segments are open: those of the newest snapshot, and of older ones that were not
    /// closed.
    int openSegments() {
        return segments.size();
    }

    /// Starts writing, alone: takes the store's lock and removes what a killed writer left.
    ///
    /// @param command what the writer does, for those who are refused meanwhile
    /// @throws weir.engine.fault.StoreException when another writer is at work, with what is known
    ///   of it
    public StoreWriter writer(String command) {
        return StoreWriter.open(files, command);
    }

    /// The same without waiting, except for a writer that does the same by the words of `command`;
    /// null when another one is at work.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be written
    public @Nullable StoreWriter tryWriter(String command) {
        return StoreWriter.tryOpen(files, command);
    }

    /// The same for a writer without a name.
    public StoreWriter writer() {
        return writer("weir");
    }

    @Override
    public void close() {
        segments.close();
    }
}
