// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.testkit.Seeds;

class Murmur3Test {
    private static String hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Murmur3 murmur = new Murmur3();
        murmur.update(bytes, 0, bytes.length);
        long[] digest = murmur.digest();
        return HexFormat.of().toHexDigits(digest[0]) + HexFormat.of().toHexDigits(digest[1]);
    }

    @Test
    void publishedVectorsComeOut() {
        assertEquals("00000000000000000000000000000000", hash(""));
        assertEquals("cbd8a7b341bd9b025b1e906a48ae1d19", hash("hello"));
        assertEquals("342fac623a5ebc8e4cdcbc079642414d", hash("hello, world"));
        assertEquals("b89e5988b737affc664fc2950231b2cb", hash("19 Jan 2038 at 3:14:07 AM"));
        assertEquals(
                "cd99481f9ee902c9695da1a38987b6e7",
                hash("The quick brown fox jumps over the lazy dog."));
    }

    @Test
    void piecesGiveTheHashOfTheWhole() {
        Random random = new Random(Seeds.next("a hash in pieces"));
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Murmur3 whole = new Murmur3();
            whole.update(bytes, 0, bytes.length);
            Murmur3 pieces = new Murmur3();
            int at = 0;
            while (at < bytes.length) {
                int to = Math.min(bytes.length, at + random.nextInt(40));
                pieces.update(bytes, at, to);
                at = to;
            }
            assertArrayEquals(whole.digest(), pieces.digest());
        }
    }
}
