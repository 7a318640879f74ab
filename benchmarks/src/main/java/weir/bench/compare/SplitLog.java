// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of lines into files of so many lines, each with a header. A file is handed over
/// and then deleted, unless it was moved away, before the next one is begun, so that only one takes
/// up room.
final class SplitLog extends OutputStream {
    /// Takes a finished file, and may move it away.
    interface Taker {
        void take(Path file) throws IOException;
    }

    private final Path directory;
    private final String header;
    private final long linesPerFile;
    private final Taker taker;
    private @Nullable OutputStream out;
    private int files;
    private long lines;

    SplitLog(Path directory, String header, long linesPerFile, Taker taker) {
        this.directory = directory;
        this.header = header;
        this.linesPerFile = linesPerFile;
        this.taker = taker;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n' && ++lines == linesPerFile) {
                file().write(bytes, from, i + 1 - from);
                from = i + 1;
                close();
            }
        }
        if (from < offset + count) {
            file().write(bytes, from, offset + count - from);
        }
    }

    private Path path() {
        return directory.resolve("flows-" + files + ".log");
    }

    private OutputStream file() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = new BufferedOutputStream(Files.newOutputStream(path()), 1 << 16);
            open.write((header + "\n").getBytes(StandardCharsets.UTF_8));
            out = open;
        }
        return open;
    }

    /// Ends the file that is being written, if one is.
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            taker.take(path());
            Files.deleteIfExists(path());
            out = null;
            lines = 0;
            files++;
        }
    }
}
