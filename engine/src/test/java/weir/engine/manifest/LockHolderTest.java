// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.ChildJvm;
import weir.engine.Randoms;
import weir.engine.fault.StoreException;

/// What a refused writer is told of the one at work, mostly in another process.
class LockHolderTest {
    private static final String KILLED = "weir killed";
    private static final String NOBODY_KNOWN =
            ": another process is writing to this store: try again when it is done";

    @TempDir Path directory;

    @BeforeEach
    void makeStore() {
        new ManifestStore(directory).create();
    }

    /// Holds the lock until its standard input ends, or as if killed there.
    static final class FirstMain {
        private FirstMain() {}

        public static void main(String[] arguments) throws Exception {
            try (AutoCloseable _ = new ManifestStore(Path.of(arguments[0])).lock(arguments[1])) {
                System.out.println("locked");
                while (System.in.read() >= 0) {
                    // Nothing is ever said here but the end.
                }
                if (arguments[1].equals(KILLED)) {
                    Runtime.getRuntime().halt(0);
                }
            }
        }
    }

    /// A process that has the lock. A process must not touch the file of a lock it holds itself:
    /// closing it would give the lock back.
    private final class First implements AutoCloseable {
        private final Process process;

        First(String command) throws IOException {
            process = ChildJvm.start(FirstMain.class, directory.toString(), command);
            assertEquals("locked", process.inputReader(StandardCharsets.UTF_8).readLine());
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                ChildJvm.printed(process);
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }

    private Path lockFile() {
        return directory.resolve("lock");
    }

    /// What a writer is told that asks for the lock now; null when it gets it.
    private @Nullable String second() throws Exception {
        try (AutoCloseable _ = new ManifestStore(directory).lock("weir second")) {
            return null;
        } catch (StoreException e) {
            return e.getMessage();
        }
    }

    @Test
    void aSecondWriterIsToldWhoTheFirstIs() throws Exception {
        try (First first = new First("weir first")) {
            String line = Files.readString(lockFile());
            assertTrue(
                    line.matches(
                            "weir first, process "
                                    + first.process.pid()
                                    + " on host [!-~]+ since [0-9-]{10}T[0-9:]{8}Z\n"),
                    line);
            assertEquals(
                    directory
                            + ": another process is writing to this store: "
                            + line.strip()
                            + ": try again when it is done",
                    second());
        }
        assertEquals("", Files.readString(lockFile()));
        assertNull(second());
    }

    @Test
    void aKilledWriterIsNotBelievedAndLocksNothing() throws Exception {
        new First(KILLED).close();
        String line = Files.readString(lockFile());
        assertTrue(line.startsWith(KILLED + ", process "), line);
        try (First _ = new First("weir next")) {
            Files.writeString(lockFile(), line);
            assertEquals(directory + NOBODY_KNOWN, second());
        }
        Files.writeString(lockFile(), line);
        assertNull(second());
    }

    @Test
    void aProcessThatTookTheNumberOfAKilledOneIsNotBlamed() throws Exception {
        try (First _ = new First("weir first")) {
            String older =
                    Files.readString(lockFile())
                            .replaceAll("since .*", "since " + Instant.ofEpochSecond(1));
            Files.writeString(lockFile(), older);
            assertEquals(directory + NOBODY_KNOWN, second());
            String elsewhere = older.replaceAll("host \\S+", "host of-somebody-else");
            Files.writeString(lockFile(), elsewhere);
            assertTrue(
                    String.valueOf(second()).contains(elsewhere.strip()),
                    "nothing is known of the processes of another host");
        }
    }

    @Test
    void hostileTextIsNotRepeated() throws Exception {
        try (First _ = new First("weir first")) {
            String good = Files.readString(lockFile());
            List<String> hostile =
                    List.of(
                            good.replace("weir", "\033[2Jweir"),
                            good.replace("weir", "weir\n"),
                            good.replace("weir", "wéir"),
                            good.replace("weir", "w".repeat(100_000)),
                            good.replace("Z\n", "Q\n"),
                            good.replaceAll("T\\d\\d", "T99"),
                            good.replaceAll("process \\d+", "process " + "9".repeat(30)),
                            good + "more",
                            "",
                            "\0".repeat(600));
            for (String text : hostile) {
                Files.writeString(lockFile(), text);
                assertEquals(directory + NOBODY_KNOWN, second(), text);
            }
            Files.writeString(lockFile(), good);
            assertTrue(String.valueOf(second()).contains(good.strip()));
        }
    }

    @Test
    void whateverAHolderIsCalledItsLineCanBeRead() throws IOException {
        Random random = Randoms.of("LockHolderTest");
        for (int round = 0; round < 200; round++) {
            String command =
                    IntStream.range(0, random.nextInt(200))
                            .mapToObj(_ -> Character.toString(random.nextInt(0x300)))
                            .collect(Collectors.joining());
            Path file = directory.resolve("line");
            LockHolder holder = LockHolder.thisProcess(command);
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                holder.write(channel);
                assertEquals(holder, LockHolder.read(channel), command);
            }
            assertTrue(
                    StandardCharsets.US_ASCII.newEncoder().canEncode(Files.readString(file)),
                    command);
        }
    }

    @Test
    void aSecondWriterOfTheSameProcessIsToldSo() throws Exception {
        ManifestStore store = new ManifestStore(directory);
        try (AutoCloseable _ = store.lock("weir first")) {
            StoreException failure =
                    assertThrows(StoreException.class, () -> store.lock("weir second"));
            assertTrue(
                    failure.getMessage()
                            .startsWith(
                                    directory
                                            + ": this process is already writing to this store:"
                                            + " weir first, process "),
                    failure.getMessage());
        }
    }
}
