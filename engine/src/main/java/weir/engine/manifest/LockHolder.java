// SPDX-License-Identifier: Apache-2.0
package weir.engine.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who has a store's lock, as the holder wrote it into the lock file: one line, for people.
///
/// ```text
/// weir ingest, process 4711 on host x since 2026-11-26T08:00:00Z
/// ```
///
/// The lock itself is the operating system's: this text never decides whether a store is locked. A
/// killed writer leaves its line behind, and anybody may have written anything there; so it is
/// believed only when it reads exactly so and its process can still be running.
///
/// @param command what the holder does
/// @param processId its process
/// @param host the machine it runs on
/// @param since when it took the lock, in whole seconds
record LockHolder(String command, long processId, String host, Instant since) {
    private static final int COMMAND_MAX = 80;
    private static final int HOST_MAX = 255;
    private static final int LINE_BYTES_MAX = 512;
    private static final Pattern LINE =
            Pattern.compile(
                    "([ -~]{1,"
                            + COMMAND_MAX
                            + "}), process ([0-9]{1,18}) on host ([!-~]{1,"
                            + HOST_MAX
                            + "}) since ([0-9-]{10}T[0-9:]{8}Z)\n");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /// How far the clock of process starts may be ahead of the clock of lock files.
    private static final long SLACK_SECONDS = 2;

    /// This process, doing `command`, from now on.
    static LockHolder thisProcess(String command) {
        return new LockHolder(
                printable(command, COMMAND_MAX),
                ProcessHandle.current().pid(),
                printable(thisHost().replace(' ', '-'), HOST_MAX),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String printable(String text, int sizeMax) {
        String safe = text.replaceAll("[^ -~]", "?");
        return safe.isEmpty() ? "?" : safe.substring(0, Math.min(sizeMax, safe.length()));
    }

    /// The name of this machine, without asking a name server.
    private static String thisHost() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException | IllegalArgumentException _) {
            String variable = System.getenv("HOSTNAME");
            return variable == null ? "" : variable;
        }
    }

    /// Writes this line as the whole of a lock file. A failure does no harm: others learn less.
    void write(FileChannel file) {
        try {
            file.truncate(0);
            file.write(ByteBuffer.wrap((this + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException _) {
            // Whoever is refused is told that there is a writer, but not which.
        }
    }

    /// Empties a lock file, so that nobody reads there what is over.
    static void erase(FileChannel file) {
        try {
            file.truncate(0);
        } catch (IOException _) {
            // Left behind, as by a writer that was killed.
        }
    }

    /// Who a lock file says has the lock; null when it says nothing that can be true.
    static @Nullable LockHolder read(FileChannel file) {
        ByteBuffer bytes = ByteBuffer.allocate(LINE_BYTES_MAX);
        try {
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
                // A line may come in pieces.
            }
        } catch (IOException _) {
            return null;
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        LockHolder holder = parse(text);
        return holder == null || holder.isGone() ? null : holder;
    }

    private static @Nullable LockHolder parse(String text) {
        Matcher line = LINE.matcher(text);
        try {
            return line.matches()
                    ? new LockHolder(
                            line.group(1),
                            Long.parseLong(line.group(2)),
                            line.group(3),
                            Instant.parse(line.group(4)))
                    : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /// Whether the process that wrote this is known to have ended: a killed writer, whose number
    /// another process may have by now.
    private boolean isGone() {
        if (!host.equals(thisProcess("").host)) {
            return false;
        }
        Instant latestStart = since.plusSeconds(SLACK_SECONDS);
        return ProcessHandle.of(processId)
                .map(process ->
                        process.info().startInstant().filter(latestStart::isBefore).isPresent())
                .orElse(true);
    }

    @Override
    public String toString() {
        return command + ", process " + processId + " on host " + host + " since " + since;
    }
}
