// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import weir.ingest.inflate.Decoders;

/// Opens inputs. How they are packed is decided by their first bytes, never by their names.
public final class TextSources {
    /// Packed bytes from which on a thread of its own unpacks it.
    private static final long READ_AHEAD_BYTES_MIN = 1 << 20;

    private TextSources() {}

    /// Opens `file` at its beginning.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource open(InputFile file) throws IOException {
        return open(file, () -> {});
    }

    /// The same; where the source reads on and on without giving text it calls `checkpoint`, which
    /// may throw to end that.
    ///
    /// @throws IOException when it cannot be opened or read
    /// @throws IllegalArgumentException when it is gzip and [Decoders#PROPERTY] names an inflater
    ///   that cannot be used
    public static TextSource open(InputFile file, Runnable checkpoint) throws IOException {
        RawBytes raw = RawBytes.open(file, 0);
        return raw.isGzip() ? gzip(file, raw, checkpoint) : new PlainText(raw);
    }

    private static TextSource gzip(InputFile file, RawBytes raw, Runnable checkpoint)
            throws IOException {
        try {
            // Nobody knows how much standard input will be: it is taken for much.
            boolean isEndless = file.isStandardInput();
            Decoders decoders =
                    isEndless ? Decoders.forEndless() : Decoders.forFile(file.sizeBytes());
            return !isEndless && file.sizeBytes() < READ_AHEAD_BYTES_MIN
                    ? new GzipText(raw, decoders, checkpoint)
                    : new ReadAheadText(own -> new GzipText(raw, decoders, own), checkpoint);
        } catch (RuntimeException | Error e) {
            raw.close();
            throw e;
        }
    }

    /// Whether `file`, which is not standard input, is packed.
    ///
    /// @throws IOException when it cannot be opened or read
    public static boolean isPacked(InputFile file) throws IOException {
        if (file.isStandardInput()) {
            throw new IllegalArgumentException("standard input can be looked at only once");
        }
        try (RawBytes raw = RawBytes.open(file, 0)) {
            return raw.isGzip();
        }
    }

    /// Opens `file`, which is known to be plain text, at byte `offset`.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource openPlain(InputFile file, long offset) throws IOException {
        return new PlainText(RawBytes.open(file, offset));
    }
}
