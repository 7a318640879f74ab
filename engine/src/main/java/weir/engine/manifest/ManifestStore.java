// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.Limits;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnknownOutcomeException;
import weir.engine.memory.AtomicFile;
import weir.engine.memory.ByteSink;
import weir.engine.memory.FileLayer;

/// The files of a store: the manifest, the directory of segments, and the lock of the one writer.
///
/// ```text
/// STORE/manifest     which segments are which table
/// STORE/lock         locked by the operating system while a writer works, and says which
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

    /// How long somebody is waited for who does the same.
    private static final long LONG_PATIENCE_NANOS = 60_000_000_000L;

    private static final long PAUSE_NANOS = 2_000_000;

    private final Path directory;
    private final FileLayer files;

    /// The store in `directory`, which need not exist yet.
    public ManifestStore(Path directory) {
        this(directory, FileLayer.SYSTEM);
    }

    /// The same with every change going through `files`.
    public ManifestStore(Path directory, FileLayer files) {
        this.directory = directory;
        this.files = files;
    }

    /// What every change goes through.
    public FileLayer files() {
        return files;
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
            try (WriterLock _ = patientLock("making the store")) {
                if (!exists()) {
                    refuseForeign();
                    makeDirectories(directory.resolve(SEGMENTS));
                    forceNames(directory); // one killed here before may have made them
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
        for (Path file : files.list(directory)) {
            if (!own.contains(file.getFileName().toString())) {
                throw new StoreException(
                        directory,
                        "is no store and not empty (it holds "
                                + file.getFileName()
                                + "): name another directory with --store");
            }
        }
    }

    /// Segments without a manifest are somebody's rows, and not an empty place.
    private void refuseLostManifest() throws IOException {
        Path segments = directory.resolve(SEGMENTS);
        if (exists() || !Files.isDirectory(segments)) {
            return;
        }
        List<Path> found = files.list(segments);
        // Another process may just have made the store.
        if (!found.isEmpty() && !exists()) {
            throw new StoreException(
                    directory,
                    "the manifest of this store is missing, but there are segments ("
                            + directory.relativize(found.getFirst())
                            + "): nothing was changed; bring the manifest back from a copy of the"
                            + " store as it was (segments newer than the copy are deleted by the"
                            + " next command that writes), or name another directory with"
                            + " --store");
        }
    }

    /// The manifest as it stands.
    ///
    /// @throws StoreException when there is none, or it is damaged
    public Manifest read() {
        Path path = directory.resolve(MANIFEST);
        try {
            if (files.size(path) > Limits.MANIFEST_BYTES_MAX) {
                throw new StoreException(path, "is larger than any manifest");
            }
            return Manifest.read(path, files.read(path));
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
    /// @throws StoreException as [#encode] and the other [#publish] throw it
    public void publish(Manifest manifest) {
        publish(encode(manifest));
    }

    /// Replaces the manifest as a whole; durable when this returns. After a failure the same writer
    /// must not try again: what could not be forced may be lost although a second attempt succeeds.
    ///
    /// @throws StoreException when writing fails; the store is then as it was
    /// @throws UnknownOutcomeException when the last step fails, see there
    public void publish(byte[] encodedManifest) {
        forceNames(directory.resolve(SEGMENTS)); // those of the segments it will speak of
        ByteSink sink = new ByteSink(encodedManifest.length);
        sink.putBytes(encodedManifest, 0, encodedManifest.length);
        try (AtomicFile file = AtomicFile.create(files, directory.resolve(MANIFEST))) {
            file.write(sink);
            file.finish();
            swap(file);
        }
    }

    private void swap(AtomicFile manifest) {
        try {
            manifest.publish();
            forceNames(directory);
        } catch (StoreException e) {
            throw new UnknownOutcomeException(directory, e);
        }
    }

    private void forceNames(Path names) {
        try {
            files.forceDirectory(names);
        } catch (IOException e) {
            throw StoreException.io(names, "cannot be forced to disk", e);
        }
    }

    /// The bytes of a manifest that [#read] takes: one that it refuses would be the end of the
    /// store.
    ///
    /// @throws StoreException when it could not be read again
    public byte[] encode(Manifest manifest) {
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

    /// What stands among the segments and is none of `manifest`.
    ///
    /// @throws StoreException when the directory cannot be listed
    public List<Path> unnamed(Manifest manifest) {
        Set<String> named = new HashSet<>();
        manifest.tables()
                .values()
                .forEach(table -> table.segments().forEach(entry -> named.add(entry.file())));
        Path segments = directory.resolve(SEGMENTS);
        try {
            return files.list(segments).stream()
                    .filter(file -> !named.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StoreException.io(segments, "cannot be listed", e);
        }
    }

    /// Deletes what a killed writer left: files named as segments are that `manifest`, which was
    /// just read, does not name, and nothing else. For the lock's holder.
    ///
    /// Before that the manifest is made the one that a power cut leaves: a writer killed between
    /// its last two steps has swapped it, but the manifest before it could still come back and
    /// would name what is deleted here.
    public void removeUnpublished(Manifest manifest) {
        forceNames(directory);
        try {
            for (Path file : unnamed(manifest)) {
                if (WRITTEN.matcher(file.getFileName().toString()).matches()) {
                    files.delete(file);
                }
            }
            files.delete(directory.resolve(MANIFEST + AtomicFile.TEMPORARY_SUFFIX));
        } catch (IOException e) {
            throw StoreException.io(directory, "cannot be tidied", e);
        }
    }

    /// Takes the writer's lock, which the operating system gives back when the process ends however
    /// it ends.
    ///
    /// @param command what the writer does, for whoever is refused meanwhile
    /// @throws StoreException when another writer has it, with what is known of that
    public AutoCloseable lock(String command) {
        try {
            return patientLock(command);
        } catch (IOException e) {
            throw StoreException.io(directory.resolve(LOCK), "cannot be locked", e);
        }
    }

    /// The same without waiting, except for somebody who does the same; null when another has it.
    public @Nullable AutoCloseable tryLock(String command) {
        long start = System.nanoTime();
        try {
            while (true) {
                switch (WriterLock.tryLock(
                        files, directory, LOCK, LockHolder.thisProcess(command))) {
                    case WriterLock.Attempt.Taken(WriterLock lock) -> {
                        return lock;
                    }
                    case WriterLock.Attempt.Refused(LockHolder holder, boolean _) -> {
                        // One that just took it, or gives it back, does not say who it is.
                        boolean isLikeThis =
                                holder == null
                                        ? System.nanoTime() - start < PATIENCE_NANOS
                                        : holder.command().equals(command)
                                                && System.nanoTime() - start < LONG_PATIENCE_NANOS;
                        if (!isLikeThis) {
                            return null;
                        }
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw StoreException.io(directory.resolve(LOCK), "cannot be locked", e);
        }
    }

    /// The lock, which is waited for a moment: whoever only makes the store has it no longer.
    private WriterLock patientLock(String command) throws IOException {
        makeDirectories(directory);
        LockHolder self = LockHolder.thisProcess(command);
        long start = System.nanoTime();
        while (true) {
            switch (WriterLock.tryLock(files, directory, LOCK, self)) {
                case WriterLock.Attempt.Taken(WriterLock lock) -> {
                    return lock;
                }
                case WriterLock.Attempt.Refused refused -> {
                    if (System.nanoTime() - start > PATIENCE_NANOS) {
                        throw new StoreException(directory, words(refused));
                    }
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String words(WriterLock.Attempt.Refused refused) {
        LockHolder holder = refused.holder();
        String who = refused.isThisProcess() ? "this process is already" : "another process is";
        return who
                + " writing to this store"
                + (holder == null ? "" : ": " + holder)
                + ": try again when it is done";
    }

    /// Makes a directory and those above it. Each is named durably before the next is made in it,
    /// and so is the deepest that is there already: whoever made that may have been killed before.
    private void makeDirectories(Path made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path at = made.toAbsolutePath();
        while (at != null && !Files.isDirectory(at)) {
            missing.push(at);
            at = at.getParent();
        }
        if (!missing.isEmpty() && at != null && at.getParent() != null) {
            try {
                files.forceDirectory(at.getParent());
            } catch (AccessDeniedException e) {
                // Then it was made by somebody with more rights, and no store was made above it.
            }
        }
        for (Path next : missing) {
            files.makeDirectory(next);
            Path parent = next.getParent();
            if (parent != null) {
                files.forceDirectory(parent);
            }
        }
    }
}
