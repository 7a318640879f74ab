// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static ContentHash.Pieces pieces(byte[] bytes, int from, int to, int step) {
        ContentHash hash = new ContentHash();
        for (int at = from; at < to; at += step) {
            hash.update(bytes, at, Math.min(to, at + step));
        }
        return hash.pieces();
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3 * ContentHash.PIECE_BYTES + 12_345];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void stretchesHashedApartGiveTheHashOfTheWhole() {
        byte[] bytes = bytes();
        int cut = 2 * ContentHash.PIECE_BYTES;
        String whole = pieces(bytes, 0, bytes.length, 1000).toHex();
        assertEquals(whole, pieces(bytes, 0, bytes.length, 1 << 17).toHex());
        assertEquals(
                whole,
                ContentHash.toHex(
                        List.of(
                                pieces(bytes, 0, cut, 777),
                                pieces(bytes, cut, bytes.length, 4096))));
    }

    @Test
    void oneOtherByteOrOneMoreGivesAnotherHash() {
        byte[] bytes = bytes();
        String hash = pieces(bytes, 0, bytes.length, 1000).toHex();
        assertNotEquals(hash, pieces(bytes, 0, bytes.length - 1, 1000).toHex());
        bytes[ContentHash.PIECE_BYTES + 5] ^= 1;
        assertNotEquals(hash, pieces(bytes, 0, bytes.length, 1000).toHex());
    }

    @Test
    void onlyTheLastStretchMayEndWithinAPiece() {
        byte[] bytes = bytes();
        ContentHash.Pieces odd = pieces(bytes, 0, 10, 10);
        assertThrows(IllegalStateException.class, () -> odd.join(odd));
    }
}
