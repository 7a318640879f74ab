// SPDX-License-Identifier: Apache-2.0
package weir.ingest.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weir.engine.fault.StoreException;

/// The folder of a store in which its journals lie, each a folder of its own.
///
/// ```text
/// STORE/journal/SESSION-PART/   a queue: the lines of a session, from where the part before ends
/// ```
///
/// Sessions and parts are numbers that rise. Nothing here loads the library that reads queues.
public final class JournalFolder {
    private static final Pattern NAME = Pattern.compile("([0-9]{8,18})-([0-9]{4,9})");

    private final Path folder;

    /// The journals of the store in `store`.
    public JournalFolder(Path store) {
        this.folder = store.resolve("journal");
    }

    Path toPath() {
        return folder;
    }

    /// One journal.
    ///
    /// @param session the number of the session that wrote it
    /// @param part its place among those of the session, from 1
    /// @param path its folder
    public record Part(long session, int part, Path path) implements Comparable<Part> {
        @Override
        public int compareTo(Part other) {
            int order = Long.compare(session, other.session);
            return order == 0 ? Integer.compare(part, other.part) : order;
        }
    }

    /// The journals that are there, in the order in which they were written.
    ///
    /// @throws StoreException when the folder cannot be read
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    parts.add(
                            new Part(
                                    Long.parseLong(name.group(1)),
                                    Integer.parseInt(name.group(2)),
                                    entry));
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw StoreException.io(folder, "cannot be listed", e);
        }
        parts.sort(null);
        return parts;
    }

    /// Makes the folder of a journal, durably.
    Part make(long session, int part) throws IOException {
        Path path = folder.resolve("%08d-%04d".formatted(session, part));
        Files.createDirectories(path);
        force(folder.resolveSibling("."));
        force(folder);
        return new Part(session, part, path);
    }

    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Puts a journal that was not read to its end aside, where nobody takes it up again.
    ///
    /// @return where it lies now
    /// @throws StoreException when it cannot be moved
    public Path putAside(Part part) {
        Path aside = part.path.resolveSibling("unread-" + part.path.getFileName());
        try {
            return Files.move(part.path, aside);
        } catch (IOException e) {
            throw StoreException.io(part.path, "cannot be put aside", e);
        }
    }

    /// Deletes a journal whose lines are rows by now, and the folder with the last one.
    ///
    /// @throws StoreException when something of it cannot be deleted
    public void delete(Part part) {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(part.path)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(part.path);
        } catch (IOException e) {
            throw StoreException.io(part.path, "cannot be deleted", e);
        }
    }
}
