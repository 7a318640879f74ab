// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Files of which it is known what a power cut leaves. Everything below a root goes to real files,
/// which the reader maps; beside them stands a model of what was forced: the bytes of each file,
/// and the names in each directory. At a chosen operation the writer is stopped: that operation and
/// all after it throw [Stopped]. Then either the power went, and [#materialise] makes another
/// directory of what may be on the disk; or only the process was killed, and the next one goes on
/// with these files.
///
/// What was not forced may be there, or not: of a file any number of the bytes behind the forced
/// ones, each sector of them new, zero or rubbish; of names any subset of the changes (creation,
/// renaming, deletion), each taking place whole or not at all. That is more than file systems do,
/// which keep an order.
public final class UnsyncedFiles implements FileLayer {
    private final Path root;
    private final Node tree = new Node(true);
    private final List<String> operations = new ArrayList<>();
    private BiPredicate<String, String> ignored = (_, _) -> false;
    private int stopAt = Integer.MAX_VALUE;

    /// The process is no more.
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        private Stopped(String operation) {
            super("stopped at: " + operation);
        }
    }

    /// A change of the names in a directory that was not forced yet.
    private sealed interface Change {
        record Named(String name, Node node) implements Change {}

        record Renamed(String from, String to, Node node) implements Change {}

        record Deleted(String name) implements Change {}

        static void apply(Change change, Map<String, Node> names) {
            switch (change) {
                case Named(String name, Node node) -> names.put(name, node);
                case Renamed(String from, String to, Node node) -> {
                    names.put(to, node);
                    names.remove(from, node);
                }
                case Deleted(String name) -> names.remove(name);
            }
        }
    }

    /// A file or a directory, whatever its name.
    private static final class Node {
        final boolean isDirectory;
        final Map<String, Node> names = new TreeMap<>();
        final Map<String, Node> forcedNames = new TreeMap<>();
        final List<Change> pending = new ArrayList<>();
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        int forcedBytes;

        Node(boolean isDirectory) {
            this.isDirectory = isDirectory;
        }

        void change(Change change) {
            Change.apply(change, names);
            pending.add(change);
        }

        void forceNames() {
            forcedNames.clear();
            forcedNames.putAll(names);
            pending.clear();
        }

        void forceBytes() {
            forcedBytes = written.size();
        }
    }

    /// Files below `root`, all of which are on the disk by now.
    public UnsyncedFiles(Path root) {
        this.root = root.toAbsolutePath();
        load(this.root, tree);
    }

    private static void load(Path directory, Node node) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Node child = new Node(Files.isDirectory(file));
                node.names.put(file.getFileName().toString(), child);
                if (child.isDirectory) {
                    load(file, child);
                } else {
                    child.written.writeBytes(Files.readAllBytes(file));
                    child.forceBytes();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.forceNames();
    }

    /// Where they are.
    public Path root() {
        return root;
    }

    /// Stops the writer instead of doing the operation with this number, counted from 0.
    public synchronized UnsyncedFiles stopAt(int operation) {
        stopAt = operation;
        return this;
    }

    /// Lets forcing do nothing where the names of the operation before and of this one match: a
    /// disk that lies, or a program that forgets.
    public synchronized UnsyncedFiles ignoring(BiPredicate<String, String> operations) {
        ignored = operations;
        return this;
    }

    /// What was done so far, as `force data/store/manifest.tmp`.
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /// Counts an operation; gives its name.
    private String begin(String verb, Path file) {
        Path absolute = file.toAbsolutePath();
        String operation =
                verb
                        + " "
                        + (absolute.equals(root)
                                ? "."
                                : absolute.startsWith(root)
                                        ? root.relativize(absolute)
                                        : "what is above");
        if (operations.size() >= stopAt) {
            throw new Stopped(operation);
        }
        operations.add(operation);
        return operation;
    }

    private boolean isIgnored(String operation) {
        int before = operations.size() - 2;
        return ignored.test(before < 0 ? "" : operations.get(before), operation);
    }

    /// The node of `file`; null when there is none, or it is outside.
    private @Nullable Node node(@Nullable Path file) {
        if (file == null || !file.toAbsolutePath().startsWith(root)) {
            return null;
        }
        Node node = tree;
        for (Path name : root.relativize(file.toAbsolutePath())) {
            if (node != null && !name.toString().isEmpty()) {
                node = node.names.get(name.toString());
            }
        }
        return node;
    }

    private Node directoryOf(Path file) {
        Node node = node(file.toAbsolutePath().getParent());
        if (node == null) {
            throw new IllegalStateException(file + " is not below " + root);
        }
        return node;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private final class UnsyncedOutput implements Output {
        private final Path file;
        private final Node node;
        private final Output real;

        UnsyncedOutput(Path file, Node node, Output real) {
            this.file = file;
            this.node = node;
            this.real = real;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (UnsyncedFiles.this) {
                begin("write", file);
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(bytes.position(), copy);
                node.written.writeBytes(copy);
                real.write(bytes);
            }
        }

        @Override
        public void force() {
            synchronized (UnsyncedFiles.this) {
                if (!isIgnored(begin("force", file))) {
                    node.forceBytes();
                }
            }
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }

    @Override
    public synchronized Output create(Path file) throws IOException {
        begin("create", file);
        Output real = SYSTEM.create(file);
        Node node = new Node(false);
        directoryOf(file).change(new Change.Named(name(file), node));
        return new UnsyncedOutput(file, node, real);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        begin("rename", to);
        SYSTEM.rename(from, to);
        Node node = node(from);
        directoryOf(to).change(new Change.Renamed(name(from), name(to), node));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        begin("delete", file);
        SYSTEM.delete(file);
        if (node(file) != null) {
            directoryOf(file).change(new Change.Deleted(name(file)));
        }
    }

    @Override
    public synchronized void makeDirectory(Path directory) throws IOException {
        begin("make", directory);
        SYSTEM.makeDirectory(directory);
        if (node(directory) == null) {
            directoryOf(directory).change(new Change.Named(name(directory), new Node(true)));
        }
    }

    @Override
    public synchronized void forceDirectory(Path directory) {
        String operation = begin("force", directory);
        Node node = node(directory);
        if (node != null && !isIgnored(operation)) {
            node.forceNames();
        }
    }

    @Override
    public synchronized FileChannel openLock(Path file) throws IOException {
        begin("lock", file);
        if (node(file) == null) {
            directoryOf(file).change(new Change.Named(name(file), new Node(false)));
        }
        return SYSTEM.openLock(file);
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        begin("list", directory);
        return SYSTEM.list(directory);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        begin("size", file);
        return SYSTEM.size(file);
    }

    @Override
    public synchronized byte[] read(Path file) throws IOException {
        begin("read", file);
        return SYSTEM.read(file);
    }

    /// Fills the empty directory `target` with what may be on the disk now.
    public synchronized void materialise(Random random, Path target) throws IOException {
        materialise(tree, random, target);
    }

    private static void materialise(Node directory, Random random, Path target) throws IOException {
        for (var entry : survivors(directory, random).entrySet()) {
            Path file = target.resolve(entry.getKey());
            if (entry.getValue().isDirectory) {
                Files.createDirectory(file);
                materialise(entry.getValue(), random, file);
            } else {
                Files.write(file, survivors(random, entry.getValue()));
            }
        }
    }

    private static Map<String, Node> survivors(Node directory, Random random) {
        Map<String, Node> names = new TreeMap<>(directory.forcedNames);
        int count = directory.pending.size();
        int kind = random.nextInt(4);
        int kept = kind == 0 ? 0 : kind == 1 ? count : random.nextInt(count + 1);
        for (int i = 0; i < count; i++) {
            boolean isKept = kind == 3 ? random.nextBoolean() : i < kept;
            if (isKept) {
                Change.apply(directory.pending.get(i), names);
            }
        }
        return names;
    }

    private static byte[] survivors(Random random, Node file) {
        byte[] written = file.written.toByteArray();
        int sizeBytes =
                switch (random.nextInt(4)) {
                    case 0 -> file.forcedBytes;
                    case 1 -> written.length;
                    default -> random.nextInt(file.forcedBytes, written.length + 1);
                };
        byte[] found = Arrays.copyOf(written, sizeBytes);
        int sectorBytes = random.nextBoolean() ? 512 : 4096;
        int kind = random.nextInt(3); // all of it, or some sectors and zeros, or and rubbish
        int at = file.forcedBytes;
        while (at < sizeBytes && kind > 0) {
            int end = Math.min(sizeBytes, (at / sectorBytes + 1) * sectorBytes);
            if (random.nextBoolean()) {
                byte[] lost = new byte[end - at];
                if (kind == 2) {
                    random.nextBytes(lost);
                }
                System.arraycopy(lost, 0, found, at, lost.length);
            }
            at = end;
        }
        return found;
    }
}
