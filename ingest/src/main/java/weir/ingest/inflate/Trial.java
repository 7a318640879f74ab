// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/// A few streams by which a decoder shows that its library is the one it takes it for: a whole one
/// with bytes behind it, one that is cut, a damaged one.
final class Trial {
    /// More than decoders keep inside before they write to where they are told.
    private static final int TEXT_BYTES = 1 << 18;

    private static final byte[] BEHIND = {1, 2, 3, 0, 0, 4, 0};

    private Trial() {}

    /// Whether `decoder` does what it should.
    static boolean isPassedBy(DeflateDecoder decoder) {
        byte[] text = text();
        byte[] packed = packed(text);
        try {
            return readsWhole(decoder, text, packed)
                    && readsCut(decoder, text, packed)
                    && refusesDamaged(decoder)
                    && readsWhole(decoder, text, packed);
        } catch (DataFormatException | RuntimeException e) {
            return false;
        }
    }

    private static byte[] text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < TEXT_BYTES; i++) {
            text.append(31 * i * i).append(' ').append(i % 7).append(" ACCEPT OK\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] packed(byte[] text) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(text);
            deflater.finish();
            byte[] packed = new byte[text.length];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        } finally {
            deflater.end();
        }
    }

    private static boolean readsWhole(DeflateDecoder decoder, byte[] text, byte[] packed)
            throws DataFormatException {
        byte[] behind = sizedBehind(text.length);
        byte[] input = Arrays.copyOf(packed, packed.length + behind.length);
        System.arraycopy(behind, 0, input, packed.length, behind.length);
        Reading reading = new Reading(decoder, input);
        return reading.isStartOf(text)
                && reading.textSize == text.length
                && decoder.isFinished()
                && reading.pieceAt + decoder.at() == packed.length
                && (!(decoder instanceof LibdeflateDecoder whole) || whole.isWhole());
    }

    /// Bytes behind the stream, the last four of which are its size, as in a gzip file.
    private static byte[] sizedBehind(int size) {
        byte[] behind = Arrays.copyOf(BEHIND, BEHIND.length + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            behind[BEHIND.length + i] = (byte) (size >>> (i * Byte.SIZE));
        }
        return behind;
    }

    private static boolean readsCut(DeflateDecoder decoder, byte[] text, byte[] packed)
            throws DataFormatException {
        Reading reading = new Reading(decoder, Arrays.copyOf(packed, packed.length / 2));
        return reading.isStartOf(text)
                && reading.textSize > 0
                && reading.textSize < text.length
                && !decoder.isFinished()
                && decoder.needsPiece();
    }

    private static boolean refusesDamaged(DeflateDecoder decoder) {
        byte[] noSuchBlock = {7, 0, 0, 0, 0, 0, 0, 0};
        try {
            Reading reading = new Reading(decoder, noSuchBlock);
            return reading.textSize < 0; // never so: it was not refused
        } catch (DataFormatException e) {
            return !decoder.isFinished();
        }
    }

    /// The stream that `input` begins with, unpacked piece by piece.
    private static final class Reading {
        final byte[] text = new byte[TEXT_BYTES + 1_000];
        int textSize;

        /// Where the last piece begins in the input.
        int pieceAt;

        Reading(DeflateDecoder decoder, byte[] input) throws DataFormatException {
            int pieceEnd = setPiece(decoder, input, 0);
            decoder.begin(0);
            while (true) {
                int count = decoder.decode(text, textSize, text.length - textSize);
                textSize += count;
                if (count == 0) {
                    if (!decoder.needsPiece() || pieceEnd == input.length) {
                        return;
                    }
                    pieceAt = pieceEnd;
                    pieceEnd = setPiece(decoder, input, pieceAt);
                }
            }
        }

        private static int setPiece(DeflateDecoder decoder, byte[] input, int from) {
            int to = Math.min(input.length, from + decoder.pieceBytesMax());
            decoder.setPiece(Arrays.copyOfRange(input, from, to), to - from, to == input.length);
            return to;
        }

        boolean isStartOf(byte[] expected) {
            return Arrays.equals(text, 0, textSize, expected, 0, textSize);
        }
    }
}
