// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The decoded bytes of one file, first to last. Confined to one thread; closed by who opened it.
public interface TextSource extends AutoCloseable {
    /// Puts at most `size` bytes at `to[from]` and gives how many, at least 1; -1 at the end, which
    /// a fault brings early.
    ///
    /// @throws IOException when the file cannot be read on
    int read(byte[] to, int from, int size) throws IOException;

    /// How the text is packed: `text` or `gzip`.
    String form();

    /// Bytes of the file read so far.
    long consumedBytes();

    /// What is wrong, once [#read] gave -1; null when nothing is.
    @Nullable SourceFault fault();

    /// Hash of the bytes of the file as they lie there, all of them whatever is wrong with them,
    /// once [#read] gave -1; null for plain text, which its own hash tells.
    @Nullable String packedHash();

    @Override
    void close() throws IOException;
}
