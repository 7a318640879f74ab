// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.util.zip.DataFormatException;

/// Unpacks deflate streams (RFC 1951) that lie in pieces of bytes, one behind another and with
/// other bytes between them. One thread at a time.
///
/// A stream begins somewhere in the current piece ([#begin]), goes on in the ones that follow and
/// ends at [#at]. All decoders give the same text; where a stream is damaged they may notice it
/// some bytes sooner or later, since some refuse a code that is not complete and some only the bits
/// it has no meaning for.
public interface DeflateDecoder {
    /// Most bytes of a piece.
    int pieceBytesMax();

    /// Goes on to the next piece, `bytes[0, size)`, which must stay as it is while it is the
    /// current one; `isLast` when it is known that no other follows.
    ///
    /// @throws IndexOutOfBoundsException when `bytes` has not so many
    void setPiece(byte[] bytes, int size, boolean isLast);

    /// Begins a stream at byte `at` of the piece.
    ///
    /// @throws IndexOutOfBoundsException when the piece ends before it
    void begin(int at);

    /// Unpacks at most `size` bytes to `to[from]` and gives how many; 0 when the stream has ended
    /// or goes on in another piece.
    ///
    /// @throws DataFormatException when the bytes are no deflate stream; the text before was given
    int decode(byte[] to, int from, int size) throws DataFormatException;

    /// Whether the stream has ended and all its text was given.
    boolean isFinished();

    /// Whether the bytes of the piece are used up and the stream goes on behind them.
    boolean needsPiece();

    /// Place in the piece of the first byte that was not used; once the stream has ended, the first
    /// one behind it.
    int at();

    /// Lets go of the piece and of all but little memory, until the next piece.
    void rest();

    /// Gives back its memory; it cannot be used any more.
    void close();
}
