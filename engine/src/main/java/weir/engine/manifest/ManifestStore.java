// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.fault.StoreException;
import weir.engine.memory.AtomicFile;
import weir.engine.memory.ByteSink;

/// The files of a store: the manifest, the directory of segments, and the lock of the one writer.
///
/// ```text
/// STORE/manifest     which segments are which table
/// STORE/lock         locked by the operating system while a writer works
/// STORE/segments/    one file for each segment
/// ```
///
/// Reading is safe for any thread and process at any time; writing is for the holder of the lock.
public final class ManifestStore {
    private static final String MANIFEST = "manifest";
    private static final String LOCK = "lock";
    private static final String SEGMENTS = "segments";

    /// What a writer calls its segments, finished or not.
    private static final Pattern WRITTEN = Pattern.compile("[a-z0-9-]+-[0-9]{8,}\\.seg(\\.tmp)?");

    /// How long a lock is waited for that may be held only while a store is made.
    private static final long PATIENCE_NANOS = 200_000_000;

    private static final long PAUSE_NANOS = 2_000_000;

    private final Path directory;

    /// The store in `directory`, which need not exist yet.
    public ManifestStore(Path directory) {
        this.directory = directory;
    }

    /// Whether there is a store, or something that may be one.
    public boolean exists() {
        return !Files.notExists(directory.resolve(MANIFEST));
    }

    /// Makes the directories and an empty manifest unless there is a store already: the look and
    /// the making are one, under the writer's lock.
    ///
    /// @throws StoreException when the directory holds other things, or cannot be written, or
    ///   another process is writing
    public void create() {
        try {
            if (Files.isDirectory(directory)) {
                refuseForeign();
            }
            try (WriterLock _ = patientLock()) {
                if (!exists()) {
                    refuseForeign();
                    makeDirectories(directory.resolve(SEGMENTS));
                    publish(Manifest.empty());
                }
            }
        } catch (IOException e) {
            throw StoreException.io(directory, "cannot be made a store", e);
        }
    }

    private void refuseForeign() throws IOException {
        refuseLostManifest();
        Set<String> own = Set.of(LOCK, SEGMENTS, MANIFEST, MANIFEST + AtomicFile.TEMPORARY_SUFFIX);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!own.contains(file.getFileName().toString())) {
                    throw new StoreException(
                            directory,
                            "is no store and not empty (it holds "
                                    + file.getFileName()
                                    + "): name another directory with --store");
                }
            }
        }
    }

    /// Segments without a manifest are somebody's rows, and not an empty place.
    private void refuseLostManifest() throws IOException {
        Path segments = directory.resolve(SEGMENTS);
        if (exists() || !Files.isDirectory(segments)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(segments)) {
            for (Path file : files) {
                throw new StoreException(
                        directory,
                        "the manifest of this store is missing, but there are segments ("
                                + directory.relativize(file)
                                + "): nothing was changed; bring the manifest back from a copy,"
                                + " or name another directory with --store");
            }
        }
    }

    /// The manifest as it stands.
    ///
    /// @throws StoreException when there is none, or it is damaged
    public Manifest read() {
        Path path = directory.resolve(MANIFEST);
        try {
            if (Files.size(path) > Limits.MANIFEST_BYTES_MAX) {
                throw new StoreException(path, "is larger than any manifest");
            }
            return Manifest.read(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            try {
                refuseLostManifest();
            } catch (IOException unreadable) {
                e.addSuppressed(unreadable);
            }
            throw new StoreException(
                    directory, "there is no store here: make one with 'weir ingest PATH...'", e);
        } catch (IOException e) {
            throw StoreException.io(path, "cannot be read", e);
        }
    }

    /// Replaces the manifest as a whole; durable when this returns.
    ///
    /// @throws StoreException when it could not be read again, before anything is written; or when
    ///   writing fails
    public void publish(Manifest manifest) {
        byte[] bytes = readableBytes(manifest);
        AtomicFile.forceDirectory(directory.resolve(SEGMENTS));
        ByteSink sink = new ByteSink(bytes.length);
        sink.putBytes(bytes, 0, bytes.length);
        try (AtomicFile file = AtomicFile.create(directory.resolve(MANIFEST))) {
            file.write(sink);
            file.publish();
        }
        AtomicFile.forceDirectory(directory);
    }

    /// The bytes of a manifest that [#read] takes: one that it refuses would be the end of the
    /// store.
    private byte[] readableBytes(Manifest manifest) {
        manifest.tables()
                .forEach((name, table) -> {
                    if (table.schema().size() > Limits.COLUMNS_MAX) {
                        throw new StoreException(
                                directory,
                                "table %s would have %d columns, of at most %d: nothing was written"
                                        .formatted(
                                                name, table.schema().size(), Limits.COLUMNS_MAX));
                    }
                });
        byte[] bytes = manifest.toBytes();
        if (bytes.length > Limits.MANIFEST_BYTES_MAX) {
            throw new StoreException(
                    directory,
                    "the manifest would have %d bytes and may have %d: nothing was written"
                            .formatted(bytes.length, Limits.MANIFEST_BYTES_MAX));
        }
        Path path = directory.resolve(MANIFEST);
        try {
            if (Manifest.read(path, bytes).equals(manifest)) {
                return bytes;
            }
        } catch (CorruptSegmentException e) {
            throw new StoreException(
                    directory,
                    "the manifest could not be read again (it would have "
                            + e.found()
                            + " where there is to be "
                            + e.expected()
                            + "): nothing was written",
                    e);
        }
        throw new StoreException(
                directory, "the manifest would say something else when read: nothing was written");
    }

    /// Where the segment file called `name` stands.
    public Path segmentPath(String name) {
        return directory.resolve(SEGMENTS).resolve(name);
    }

    /// Deletes what a killed writer left: files named as segments are that no manifest names, and
    /// nothing else. For the lock's holder.
    public void removeUnpublished(Manifest manifest) {
        Set<String> named = new HashSet<>();
        manifest.tables()
                .values()
                .forEach(table -> table.segments().forEach(entry -> named.add(entry.file())));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(SEGMENTS))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!named.contains(name) && WRITTEN.matcher(name).matches()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory.resolve(MANIFEST + AtomicFile.TEMPORARY_SUFFIX));
        } catch (IOException e) {
            throw StoreException.io(directory, "cannot be tidied", e);
        }
    }

    /// Takes the writer's lock, which the operating system gives back when the process ends however
    /// it ends.
    ///
    /// @throws StoreException when another writer has it
    public AutoCloseable lock() {
        try {
            return patientLock();
        } catch (IOException e) {
            throw StoreException.io(directory.resolve(LOCK), "cannot be locked", e);
        }
    }

    /// The lock, which is waited for a moment: whoever only makes the store has it no longer.
    private WriterLock patientLock() throws IOException {
        makeDirectories(directory);
        long start = System.nanoTime();
        while (true) {
            WriterLock lock = WriterLock.tryLock(directory, LOCK);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new StoreException(
                        directory,
                        "another process is writing to this store: try again when it is done");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Makes a directory and those above it, and forces the name of each one made.
    private static void makeDirectories(Path made) throws IOException {
        List<Path> missing = new ArrayList<>();
        Path at = made.toAbsolutePath();
        while (at != null && !Files.isDirectory(at)) {
            missing.add(at);
            at = at.getParent();
        }
        Files.createDirectories(made);
        for (Path directory : missing.reversed()) {
            Path parent = directory.getParent();
            if (parent != null) {
                AtomicFile.forceDirectory(parent);
            }
        }
    }
}
