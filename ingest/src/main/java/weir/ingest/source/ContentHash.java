// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hash of a text: of the hashes of its pieces of [#PIECE_BYTES] and of its size. Pieces of one
/// text may so be hashed apart, and an unpacked text has the hash of the plain one. Confined to one
/// thread.
public final class ContentHash {
    /// Bytes of a piece; only the last of a text may be shorter.
    public static final int PIECE_BYTES = 1 << 20;

    private final Murmur3 murmur = new Murmur3();
    private long[] digests = new long[2];
    private int digestCount;
    private int pieceBytes;
    private long sizeBytes;

    /// Feeds the bytes `[from, to)`.
    public void update(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int taken = Math.min(to - at, PIECE_BYTES - pieceBytes);
            murmur.update(bytes, at, at + taken);
            pieceBytes += taken;
            at += taken;
            if (pieceBytes == PIECE_BYTES) {
                endPiece();
            }
        }
        sizeBytes += to - from;
    }

    private void endPiece() {
        if (digestCount == digests.length) {
            digests = Arrays.copyOf(digests, 2 * digestCount);
        }
        long[] digest = murmur.digest();
        digests[digestCount++] = digest[0];
        digests[digestCount++] = digest[1];
        murmur.reset();
        pieceBytes = 0;
    }

    /// What was fed.
    public Pieces pieces() {
        if (pieceBytes > 0) {
            endPiece();
        }
        return new Pieces(Arrays.copyOf(digests, digestCount), sizeBytes);
    }

    /// The hashed pieces of a stretch of text. Immutable.
    public static final class Pieces {
        private final long[] digests;
        private final long sizeBytes;

        Pieces(long[] digests, long sizeBytes) {
            this.digests = digests;
            this.sizeBytes = sizeBytes;
        }

        /// Bytes of the stretch.
        public long sizeBytes() {
            return sizeBytes;
        }

        /// These pieces and behind them those of `next`, which continues the text. All stretches
        /// but the last must be whole pieces.
        public Pieces join(@Nullable Pieces next) {
            if (next == null) {
                return this;
            }
            if (next.sizeBytes > 0 && sizeBytes % PIECE_BYTES != 0) {
                throw new IllegalStateException(
                        "a stretch of " + sizeBytes + " bytes ends within a piece");
            }
            long[] joined = Arrays.copyOf(digests, digests.length + next.digests.length);
            System.arraycopy(next.digests, 0, joined, digests.length, next.digests.length);
            return new Pieces(joined, sizeBytes + next.sizeBytes);
        }

        /// The hash of the whole text, 32 hexadecimal digits.
        public String toHex() {
            byte[] bytes = new byte[8 * (digests.length + 1)];
            for (int i = 0; i < digests.length; i++) {
                putLong(bytes, 8 * i, digests[i]);
            }
            putLong(bytes, 8 * digests.length, sizeBytes);
            Murmur3 murmur = new Murmur3();
            murmur.update(bytes, 0, bytes.length);
            long[] digest = murmur.digest();
            return HexFormat.of().toHexDigits(digest[0]) + HexFormat.of().toHexDigits(digest[1]);
        }

        private static void putLong(byte[] bytes, int at, long value) {
            for (int i = 0; i < 8; i++) {
                bytes[at + i] = (byte) (value >>> (8 * i));
            }
        }
    }

    /// The hash of a text that was fed in stretches.
    public static String toHex(List<Pieces> stretches) {
        Pieces all = new Pieces(new long[0], 0);
        for (Pieces stretch : stretches) {
            all = all.join(stretch);
        }
        return all.toHex();
    }
}
