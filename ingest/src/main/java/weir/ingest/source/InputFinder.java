// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.ingest.source.FoundInputs.Unusable;

/// Finds the files behind what a user named: files, directories with all that is below them,
/// patterns, and `-` for standard input. Confined to one thread; used once.
///
/// Within a directory files come sorted by path. Names that begin with a dot are left out and
/// counted, except where the user named them. A symbolic link to a file is followed; one to a
/// directory only where the user named it, so that no loop of links is walked. The store that is
/// written to is passed by where it lies below a directory. Directories that are not wanted are not
/// entered, whatever lies below them. What cannot be read is listed with its reason and the rest
/// goes on.
public final class InputFinder {
    /// A directory with a file of this name holds no logs, says whoever put it there.
    private static final String IGNORED = ".weirignore";

    private final List<InputFile> files = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private boolean hasStandardInput;
    private int hiddenFiles;
    private int repeatedFiles;

    /// The directory of the store; null when it cannot be told.
    private final @Nullable Path store;

    /// Whether what a directory holds may be wanted.
    private final Predicate<Path> wanted;

    private int outsideFolders;
    private int outsideFiles;

    private InputFinder(@Nullable Path store, Predicate<Path> wanted) {
        this.store = store;
        this.wanted = wanted;
    }

    /// What is there for `inputs`.
    public static FoundInputs find(List<String> inputs) {
        return find(inputs, null, _ -> true);
    }

    /// What is there for `inputs`, but for what lies in the directory `store`, and in directories
    /// that are not `wanted`.
    public static FoundInputs find(
            List<String> inputs, @Nullable Path store, Predicate<Path> wanted) {
        InputFinder finder = new InputFinder(realPath(store), wanted);
        inputs.forEach(finder::add);
        return new FoundInputs(
                List.copyOf(finder.files),
                List.copyOf(finder.unusable),
                finder.hiddenFiles,
                finder.repeatedFiles,
                finder.outsideFolders,
                finder.outsideFiles);
    }

    private static @Nullable Path realPath(@Nullable Path path) {
        try {
            return path == null ? null : path.toRealPath();
        } catch (IOException e) {
            return null; // what does not exist is not found either
        }
    }

    private void add(String input) {
        if (input.equals(InputFile.STANDARD_INPUT_NAME)) {
            if (hasStandardInput) {
                repeatedFiles++;
            } else {
                hasStandardInput = true;
                files.add(InputFile.standardInput());
            }
            return;
        }
        try {
            Path path = Path.of(input);
            if (input.isEmpty()) {
                unusable.add(new Unusable(input, "is an empty name"));
            } else if (Files.isDirectory(path)) {
                walk(path, null);
            } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && GlobPattern.isGlob(input)) {
                addMatches(input);
            } else {
                addFile(path);
            }
        } catch (InvalidPathException e) {
            unusable.add(new Unusable(input, "is no path: " + e.getReason()));
        }
    }

    private void addMatches(String input) {
        GlobPattern pattern;
        try {
            pattern = GlobPattern.parse(input);
        } catch (IllegalArgumentException e) {
            unusable.add(new Unusable(input, String.valueOf(e.getMessage())));
            return;
        }
        Path base = Path.of(pattern.base());
        int before = foundSoFar();
        if (Files.isDirectory(base)) {
            walk(base, pattern);
        }
        if (foundSoFar() == before) {
            unusable.add(new Unusable(input, "matches no file"));
        }
    }

    private int foundSoFar() {
        return files.size() + unusable.size() + repeatedFiles + outsideFolders + outsideFiles;
    }

    /// Adds the files below `root`: all, or those that match or lie in a directory that matches.
    private void walk(Path root, @Nullable GlobPattern pattern) {
        List<Path> found = new ArrayList<>();
        try {
            // A walk that follows no links would not even enter a root that is one.
            Path start = Files.isSymbolicLink(root) ? root.toRealPath() : root;
            Files.walkFileTree(start, new Walk(root, start, pattern, found));
        } catch (IOException e) {
            unusable.add(new Unusable(root.toString(), "cannot be listed: " + reason(e)));
        }
        found.sort(Comparator.comparing(Path::toString));
        found.forEach(this::addFile);
    }

    /// Collects the files of a directory tree. It does not follow links, so it ends.
    private final class Walk implements FileVisitor<Path> {
        private final Path root;

        /// Where the walk begins: the root, or what it is a link to.
        private final Path start;

        private final @Nullable GlobPattern pattern;
        private final List<Path> found;

        /// How many directories on the way down match, the current one included.
        private int matchingDepth;

        Walk(Path root, Path start, @Nullable GlobPattern pattern, List<Path> found) {
            this.root = root;
            this.start = start;
            this.pattern = pattern;
            this.found = found;
        }

        /// A path of the walk as it is called below the root.
        private Path named(Path path) {
            return start.equals(root) ? path : root.resolve(start.relativize(path));
        }

        private boolean isStore(Path directory) {
            Path name = directory.getFileName();
            return store != null
                    && name != null
                    && name.equals(store.getFileName())
                    && store.equals(realPath(directory));
        }

        private boolean isHidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }

        private boolean matches(Path path) {
            return pattern == null || pattern.matches(path.toString());
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            Path directory = named(path);
            if (!wanted.test(directory)) {
                outsideFolders++;
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (path.equals(start)) {
                return FileVisitResult.CONTINUE;
            }
            if (isStore(path)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.exists(path.resolve(IGNORED))) {
                hiddenFiles++;
                return FileVisitResult.SKIP_SUBTREE;
            }
            boolean isMatch = matches(directory);
            if (isHidden(directory) && !(pattern != null && isMatch)) {
                hiddenFiles++;
                return FileVisitResult.SKIP_SUBTREE;
            }
            matchingDepth += isMatch || matchingDepth > 0 ? 1 : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            matchingDepth -= matchingDepth > 0 ? 1 : 0;
            if (failure != null) {
                unusable.add(
                        new Unusable(
                                named(directory).toString(),
                                "cannot be listed: " + reason(failure)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            Path file = named(path);
            if (matchingDepth == 0 && !matches(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (isHidden(file)) {
                hiddenFiles++;
            } else {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unusable.add(
                    new Unusable(named(file).toString(), "cannot be read: " + reason(failure)));
            return FileVisitResult.CONTINUE;
        }
    }

    private void addFile(Path path) {
        String name = path.toString();
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !wanted.test(folder)) {
            outsideFiles++;
            return;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                unusable.add(new Unusable(name, "is a link to a directory, which is not followed"));
            } else if (!attributes.isRegularFile()) {
                unusable.add(
                        new Unusable(
                                name,
                                "is a pipe or a device: pass its text through standard input"));
            } else if (seen.add(path.toAbsolutePath().normalize())) {
                files.add(
                        new InputFile(
                                name,
                                path,
                                attributes.size(),
                                attributes.lastModifiedTime().toMillis()));
            } else {
                repeatedFiles++;
            }
        } catch (NoSuchFileException e) {
            unusable.add(
                    new Unusable(
                            name,
                            Files.isSymbolicLink(path)
                                    ? "is a link to a file that does not exist"
                                    : "does not exist"));
        } catch (IOException e) {
            unusable.add(new Unusable(name, "cannot be read: " + reason(e)));
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : failure instanceof java.nio.file.FileSystemException f && f.getReason() != null
                        ? String.valueOf(f.getReason())
                        : String.valueOf(failure.getMessage());
    }
}
