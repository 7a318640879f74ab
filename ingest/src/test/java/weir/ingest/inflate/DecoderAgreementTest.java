// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.testkit.Seeds;

/// Every decoder reads what `java.util.zip` reads: random streams, cut ones and damaged ones.
@ParameterizedClass
@EnumSource(DecoderKind.class)
class DecoderAgreementTest {
    private static final int STREAMS = 200;
    private static final int STREAMS_SLOW = 5_000;

    /// What became of a stream.
    enum End {
        WHOLE,
        CUT,
        DAMAGED
    }

    /// What was read of a stream.
    ///
    /// @param text its text
    /// @param end how it ended
    /// @param at where, in the packed bytes, when it is whole
    record Read(byte[] text, End end, int at) {}

    private final DeflateDecoder decoder;

    DecoderAgreementTest(DecoderKind kind) {
        assumeTrue(kind.isUsable(), kind + " is not on this machine");
        this.decoder = kind.newDecoder();
    }

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void wholeCutAndDamagedStreamsAreReadAsTheJdkReadsThem() {
        compare(new Random(Seeds.next("decoders")), STREAMS);
    }

    @Test
    @Tag("slow")
    void veryManyStreamsAreReadAsTheJdkReadsThem() {
        compare(new Random(Seeds.next("decoders")), STREAMS_SLOW);
    }

    /// Whoever asks for bytes that are not there is told so, and the piece stays what it was.
    @Test
    void whatIsOutsideOfThePieceIsRefused() throws DataFormatException {
        byte[] text = "2 eni-1 10.0.0.1 OK".getBytes(StandardCharsets.US_ASCII);
        byte[] piece = packed(new Random(1), text);
        decoder.setPiece(piece, piece.length, true);
        for (int at : new int[] {-1, piece.length + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> decoder.begin(at));
        }
        for (int size : new int[] {-1, piece.length + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(
                    IndexOutOfBoundsException.class, () -> decoder.setPiece(piece, size, true));
        }
        decoder.begin(0);
        byte[] to = new byte[100];
        assertEquals(text.length, decoder.decode(to, 0, to.length));
        assertArrayEquals(text, Arrays.copyOf(to, text.length));
        decoder.begin(piece.length);
        assertEquals(0, decoder.decode(to, 0, to.length));
        assertTrue(decoder.needsPiece());
    }

    private void compare(Random random, int streams) {
        for (int i = 0; i < streams; i++) {
            byte[] text = text(random);
            byte[] packed = packed(random, text);
            int size = packed.length;
            byte[] input = withSize(Arrays.copyOf(packed, size + random.nextInt(20)), text.length);
            Read whole = read(random, input);
            assertEquals(End.WHOLE, whole.end);
            assertEquals(size, whole.at);
            assertArrayEquals(text, whole.text);

            Read cut = read(random, Arrays.copyOf(packed, random.nextInt(size)));
            assertEquals(End.CUT, cut.end);
            assertTrue(isStart(cut.text, text), "not the start of the text");

            compareDamaged(random, packed, text.length);
        }
    }

    private void compareDamaged(Random random, byte[] packed, int textSize) {
        byte[] damaged = packed.clone();
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        byte[] input = withSize(damaged, textSize);
        Read expected = readByJdk(input);
        Read read = read(random, input);
        if (expected.end == End.WHOLE) {
            assertEquals(End.WHOLE, read.end);
            assertEquals(expected.at, read.at);
            assertArrayEquals(expected.text, read.text);
        } else {
            // Noticed sooner or later, at the latest by the checksum that gzip has.
            assertTrue(
                    isStart(read.text, expected.text) || isStart(expected.text, read.text),
                    "other text");
        }
    }

    private static boolean isStart(byte[] start, byte[] text) {
        return start.length <= text.length
                && Arrays.equals(start, 0, start.length, text, 0, start.length);
    }

    private static byte[] text(Random random) {
        int size = random.nextInt(1 << random.nextInt(20));
        byte[] text = new byte[size];
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(text);
            case 1 -> Arrays.fill(text, (byte) random.nextInt());
            case 2 -> {
                int letters = 1 + random.nextInt(30);
                for (int i = 0; i < size; i++) {
                    text[i] = (byte) ('a' + random.nextInt(letters));
                }
            }
            default -> fillWithLines(random, text);
        }
        return text;
    }

    private static void fillWithLines(Random random, byte[] text) {
        int at = 0;
        while (at < text.length) {
            String line =
                    "2 eni-" + random.nextInt(50) + " 10.0.0." + random.nextInt(256) + " OK\n";
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            int count = Math.min(bytes.length, text.length - at);
            System.arraycopy(bytes, 0, text, at, count);
            at += count;
        }
    }

    private static byte[] packed(Random random, byte[] text) {
        Deflater deflater = new Deflater(random.nextInt(10), true);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        int from = 0;
        while (!deflater.finished()) {
            int size = Math.min(text.length - from, 1 + random.nextInt(1 << 18));
            deflater.setInput(text, from, size);
            from += size;
            if (from == text.length) {
                deflater.finish();
            }
            int flush = random.nextInt(3) == 0 ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
            int count = deflater.deflate(buffer, 0, buffer.length, flush);
            while (count > 0) {
                packed.write(buffer, 0, count);
                count = deflater.deflate(buffer, 0, buffer.length, flush);
            }
        }
        deflater.end();
        return packed.toByteArray();
    }

    /// With a size behind it, as a gzip file has.
    private static byte[] withSize(byte[] bytes, int size) {
        byte[] sized = Arrays.copyOf(bytes, bytes.length + 4);
        for (int i = 0; i < 4; i++) {
            sized[bytes.length + i] = (byte) (size >>> (8 * i));
        }
        return sized;
    }

    /// Reads in pieces and steps of random sizes.
    private Read read(Random random, byte[] input) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int pieceMax = 1 + random.nextInt(1 << random.nextInt(17));
        byte[] to = new byte[1 + random.nextInt(1 << random.nextInt(19))];
        int from = 0;
        int pieceEnd = Math.min(input.length, pieceMax);
        decoder.setPiece(Arrays.copyOf(input, pieceEnd), pieceEnd, pieceEnd == input.length);
        decoder.begin(0);
        while (true) {
            int count;
            try {
                count = decoder.decode(to, 0, to.length);
            } catch (DataFormatException e) {
                assertEquals("invalid deflate data", e.getMessage());
                return new Read(text.toByteArray(), End.DAMAGED, 0);
            }
            text.write(to, 0, count);
            if (decoder.isFinished()) {
                return new Read(text.toByteArray(), End.WHOLE, from + decoder.at());
            }
            if (count == 0) {
                assertTrue(decoder.needsPiece());
                if (pieceEnd == input.length) {
                    return new Read(text.toByteArray(), End.CUT, 0);
                }
                from = pieceEnd;
                pieceEnd = Math.min(input.length, from + pieceMax);
                byte[] piece = Arrays.copyOfRange(input, from, pieceEnd);
                decoder.setPiece(piece, piece.length, pieceEnd == input.length);
            }
        }
    }

    /// Reads byte by byte, so that damage costs no text.
    private static Read readByJdk(byte[] input) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        byte[] to = new byte[1];
        try {
            inflater.setInput(input);
            int count = inflater.inflate(to);
            while (count > 0) {
                text.write(to, 0, 1);
                count = inflater.inflate(to);
            }
            return inflater.finished()
                    ? new Read(
                            text.toByteArray(), End.WHOLE, input.length - inflater.getRemaining())
                    : new Read(text.toByteArray(), End.CUT, 0);
        } catch (DataFormatException e) {
            text.write(to, 0, (int) inflater.getBytesWritten() - text.size());
            return new Read(text.toByteArray(), End.DAMAGED, 0);
        } finally {
            inflater.end();
        }
    }
}
