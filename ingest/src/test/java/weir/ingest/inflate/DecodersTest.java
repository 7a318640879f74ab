// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class DecodersTest {
    @Test
    void autoIsTheFirstThatIsUsable() {
        DecoderKind first =
                Arrays.stream(DecoderKind.values())
                        .filter(DecoderKind::isUsable)
                        .findFirst()
                        .orElseThrow();
        assertEquals(first, Decoders.choose("auto"));
    }

    @Test
    void theJdkCanAlwaysBeChosen() {
        assertEquals(DecoderKind.JDK, Decoders.choose("jdk"));
    }

    @Test
    void whatIsNoInflaterIsRefusedWithThoseThatAre() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> Decoders.choose("zlib"));
        assertEquals(
                "weir.inflater=zlib is no inflater: there are auto, isal, libdeflate, jdk",
                failure.getMessage());
    }

    @Test
    void oneThatIsNotHereIsRefusedAndOneThatIsIsChosen() {
        for (DecoderKind kind : DecoderKind.values()) {
            if (kind.isUsable()) {
                assertEquals(kind, Decoders.choose(kind.word()));
            } else {
                IllegalArgumentException failure =
                        assertThrows(
                                IllegalArgumentException.class, () -> Decoders.choose(kind.word()));
                assertTrue(
                        failure.getMessage()
                                .startsWith(
                                        "weir.inflater=" + kind.word() + " cannot be used here: "),
                        failure.getMessage());
            }
        }
    }

    @Test
    void libdeflateGetsNoFileThatItCannotTakeWhole() {
        for (DecoderKind kind : DecoderKind.values()) {
            Decoders decoders = new Decoders(kind);
            assertSame(decoders, decoders.fitting(16 << 20));
            for (long bytes : new long[] {(16 << 20) + 1, Long.MAX_VALUE}) {
                DecoderKind expected = kind == DecoderKind.LIBDEFLATE ? DecoderKind.JDK : kind;
                assertEquals(expected, decoders.fitting(bytes).kind());
            }
        }
    }

    @Test
    void aDecoderThatWasGivenBackIsLentAgain() {
        Decoders decoders = new Decoders(DecoderKind.JDK);
        DeflateDecoder first = decoders.lend();
        assertNotSame(first, decoders.lend());
        decoders.takeBack(first);
        assertSame(first, decoders.lend());
    }

    /// A library that says that every stream ends at once, without text.
    @Test
    void aDecoderOfAnotherLibraryFailsTheTrial() {
        JdkDecoder jdk = new JdkDecoder();
        assertTrue(Trial.isPassedBy(jdk));
        DeflateDecoder other = new Ending(jdk);
        assertFalse(Trial.isPassedBy(other));
        jdk.close();
    }

    private record Ending(DeflateDecoder inner) implements DeflateDecoder {
        @Override
        public int pieceBytesMax() {
            return inner.pieceBytesMax();
        }

        @Override
        public void setPiece(byte[] bytes, int size, boolean isLast) {
            inner.setPiece(bytes, size, isLast);
        }

        @Override
        public void begin(int at) {
            inner.begin(at);
        }

        @Override
        public int decode(byte[] to, int from, int size) throws DataFormatException {
            return 0;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean needsPiece() {
            return false;
        }

        @Override
        public int at() {
            return inner.at();
        }

        @Override
        public void rest() {
            inner.rest();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
