// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The decoder of the JDK.
final class JdkDecoder implements DeflateDecoder {
    private static final int PIECE_BYTES_MAX = 1 << 16;

    private static final byte[] NOTHING = {};

    private final Inflater inflater = new Inflater(true);
    private byte[] piece = NOTHING;
    private int pieceSize;
    private @Nullable DataFormatException damage;

    @Override
    public int pieceBytesMax() {
        return PIECE_BYTES_MAX;
    }

    @Override
    public void setPiece(byte[] bytes, int size, boolean isLast) {
        inflater.setInput(bytes, 0, size);
        piece = bytes;
        pieceSize = size;
    }

    @Override
    public void begin(int at) {
        Objects.checkIndex(at, pieceSize + 1);
        inflater.reset();
        inflater.setInput(piece, at, pieceSize - at);
        damage = null;
    }

    @Override
    public int decode(byte[] to, int from, int size) throws DataFormatException {
        if (damage != null) {
            throw damage;
        }
        long before = inflater.getBytesWritten();
        try {
            int count = inflater.inflate(to, from, size);
            if (count == 0 && inflater.needsDictionary()) {
                throw Damage.found();
            }
            return count;
        } catch (DataFormatException e) {
            // The text before the damage is there, only its size was not said.
            damage = Damage.found();
            int count = (int) (inflater.getBytesWritten() - before);
            if (count == 0) {
                throw damage;
            }
            return count;
        }
    }

    @Override
    public boolean isFinished() {
        return inflater.finished();
    }

    @Override
    public boolean needsPiece() {
        return damage == null && inflater.needsInput() && !inflater.finished();
    }

    @Override
    public int at() {
        return pieceSize - inflater.getRemaining();
    }

    @Override
    public void rest() {
        setPiece(NOTHING, 0, true);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
