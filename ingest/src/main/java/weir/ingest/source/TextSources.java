// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import weir.ingest.inflate.Decoders;

/// Opens inputs. How they are packed is decided by their first bytes, never by their names.
public final class TextSources {
    /// Packed bytes of a file from which on a thread of its own unpacks it.
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
            Decoders decoders = Decoders.forFile(file.sizeBytes());
            return file.sizeBytes() < READ_AHEAD_BYTES_MIN
                    ? new GzipText(raw, decoders, checkpoint)
                    : new ReadAheadText(own -> new GzipText(raw, decoders, own), checkpoint);
        } catch (RuntimeException | Error e) {
            raw.close();
            throw e;
        }
    }

    /// Opens `file`, which is known to be plain text, at byte `offset`.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource openPlain(InputFile file, long offset) throws IOException {
        return new PlainText(RawBytes.open(file, offset));
    }
}
