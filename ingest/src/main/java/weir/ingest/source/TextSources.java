// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;

/// Opens inputs. How they are packed is decided by their first bytes, never by their names.
public final class TextSources {
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
    public static TextSource open(InputFile file, Runnable checkpoint) throws IOException {
        RawBytes raw = RawBytes.open(file, 0);
        return raw.isGzip()
                ? new GzipText(raw, new JdkDeflateDecoder(), checkpoint)
                : new PlainText(raw);
    }

    /// Opens `file`, which is known to be plain text, at byte `offset`.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource openPlain(InputFile file, long offset) throws IOException {
        return new PlainText(RawBytes.open(file, offset));
    }
}
