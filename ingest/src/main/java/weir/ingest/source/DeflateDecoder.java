// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.util.zip.DataFormatException;

/// Unpacks one deflate stream after another: the part of gzip that a faster library could take
/// over. Confined to one thread.
interface DeflateDecoder extends AutoCloseable {
    /// Begins a new stream.
    void reset();

    /// Gives packed bytes; only when [#needsInput].
    void setInput(byte[] packed, int from, int size);

    /// Whether all given bytes were used up before the stream ended.
    boolean needsInput();

    /// Unpacks at most `size` bytes to `to[from]` and gives how many, 0 when input is needed or the
    /// stream has ended.
    ///
    /// @throws DataFormatException when the bytes are no deflate stream
    int decode(byte[] to, int from, int size) throws DataFormatException;

    /// Whether the stream has ended.
    boolean isFinished();

    /// How many given bytes lie behind the stream's end.
    int remaining();

    @Override
    void close();
}
