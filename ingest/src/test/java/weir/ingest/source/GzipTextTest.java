// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.ingest.inflate.DecoderKind;
import weir.ingest.inflate.Decoders;

/// For each decoder that this machine has.
@ParameterizedClass
@EnumSource(DecoderKind.class)
class GzipTextTest {
    @TempDir Path directory;

    private final Decoders decoders;

    private @Nullable SourceFault fault;

    GzipTextTest(DecoderKind kind) {
        assumeTrue(kind.isUsable(), kind + " is not on this machine");
        this.decoders = new Decoders(kind);
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(int seed, int size) {
        byte[] text = new byte[size];
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            text[i] = (byte) ('a' + random.nextInt(6));
        }
        return text;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /// The text of the file with these bytes; its fault is in [#fault].
    private byte[] read(byte[] packed) throws IOException {
        Path path = Files.write(directory.resolve("x"), packed);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        RawBytes raw = RawBytes.open(new InputFile("x", path, packed.length, 0), 0);
        assertTrue(raw.isGzip());
        try (TextSource source = new GzipText(raw, decoders, () -> {})) {
            assertEquals("gzip", source.form());
            int count = source.read(buffer, 0, buffer.length);
            while (count >= 0) {
                assertTrue(count > 0);
                text.write(buffer, 0, count);
                count = source.read(buffer, 0, buffer.length);
            }
            fault = source.fault();
            ContentHash hash = new ContentHash();
            hash.update(packed, 0, packed.length);
            // Whatever is wrong, and wherever it was seen.
            assertEquals(hash.pieces().toHex(), source.packedHash());
            assertEquals(packed.length, source.consumedBytes());
        }
        return text.toByteArray();
    }

    private void assertFault(SourceFault.Kind kind, String reason) {
        assertEquals(new SourceFault(kind, reason), fault());
    }

    private SourceFault fault() {
        return Objects.requireNonNull(fault);
    }

    @Test
    void allMembersAreRead() throws IOException {
        byte[] a = text(1, 200_000);
        byte[] b = text(2, 3);
        assertArrayEquals(join(a, b, a), read(join(gzip(a), gzip(b), gzip(new byte[0]), gzip(a))));
        assertEquals(Optional.empty(), Optional.ofNullable(fault));
    }

    @Test
    void membersMayBeginAtAnyByteOfTheBuffer() throws IOException {
        byte[] b = text(2, 3);
        for (int size = 65_400; size < 65_600; size += 3) {
            byte[] noise = new byte[size];
            new Random(size).nextBytes(noise);
            assertArrayEquals(join(noise, b), read(join(gzip(noise), gzip(b))));
            assertEquals(Optional.empty(), Optional.ofNullable(fault));
        }
    }

    @Test
    void headersMayHaveNamesAndCommentsAndMore() throws IOException {
        byte[] plain = gzip("hello\n".getBytes(StandardCharsets.UTF_8));
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 2 | 4 | 8 | 16;
        byte[] extra = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9};
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        assertEquals("hello\n", new String(read(join(head, extra, body)), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), Optional.ofNullable(fault));
    }

    @Test
    void everyCutIsReportedAndWhatCameBeforeIsKept() throws IOException {
        byte[] text = text(1, 4_000);
        byte[] packed = gzip(text);
        for (int size = 4; size < packed.length; size++) {
            byte[] read = read(Arrays.copyOf(packed, size));
            assertArrayEquals(Arrays.copyOf(text, read.length), read);
            assertFault(SourceFault.Kind.TRUNCATED, "the gzip data ends within member 1");
        }
    }

    @Test
    void aWrongChecksumOrSizeIsReported() throws IOException {
        byte[] text = text(1, 100);
        byte[] packed = gzip(text);
        packed[packed.length - 8] ^= 1;
        assertArrayEquals(text, read(packed));
        assertEquals(SourceFault.Kind.DAMAGED, fault().kind());
        assertTrue(
                fault().reason().startsWith("the checksum of gzip member 1 is "), fault().reason());
        packed[packed.length - 8] ^= 1;
        packed[packed.length - 4] ^= 1;
        read(packed);
        assertFault(
                SourceFault.Kind.DAMAGED,
                "gzip member 1 says that it holds 101 bytes, its data has 100");
    }

    @Test
    void garbageBehindIsMentionedAndPaddingIsNot() throws IOException {
        byte[] text = text(1, 100);
        assertArrayEquals(text, read(join(gzip(text), new byte[100_000])));
        assertEquals(Optional.empty(), Optional.ofNullable(fault));
        assertArrayEquals(text, read(join(gzip(text), "garbage".getBytes(StandardCharsets.UTF_8))));
        assertFault(
                SourceFault.Kind.NOTED,
                "7 bytes behind the gzip data are no gzip and were ignored");
        read(join(gzip(text), new byte[] {0x1f}));
        assertFault(
                SourceFault.Kind.NOTED,
                "1 bytes behind the gzip data are no gzip and were ignored");
    }

    @Test
    void aHeaderOrATrailerWithoutEndCanBeCancelled() throws IOException {
        byte[] filler = new byte[8 << 20];
        Arrays.fill(filler, (byte) 'x');
        byte[] named = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        for (byte[] packed : List.of(join(named, filler), join(gzip(text(1, 100)), filler))) {
            Path path = Files.write(directory.resolve("endless"), packed);
            RawBytes raw = RawBytes.open(new InputFile("endless", path, packed.length, 0), 0);
            AtomicInteger checkpoints = new AtomicInteger();
            Runnable checkpoint =
                    () -> {
                        if (checkpoints.incrementAndGet() == 4) {
                            throw new CancellationException("enough");
                        }
                    };
            byte[] buffer = new byte[1_000];
            try (TextSource source = new GzipText(raw, decoders, checkpoint)) {
                assertThrows(
                        CancellationException.class,
                        () -> {
                            while (source.read(buffer, 0, buffer.length) >= 0) {}
                        });
                assertTrue(source.consumedBytes() < packed.length, "it was read to its end");
            }
        }
    }

    @Test
    void brokenDeflateDataIsReported() throws IOException {
        byte[] packed = gzip(text(1, 4_000));
        Arrays.fill(packed, 10, 40, (byte) 0xff);
        read(join(packed, new byte[300_000]));
        assertEquals(SourceFault.Kind.DAMAGED, fault().kind());
        assertTrue(
                fault().reason().startsWith("the gzip data of member 1 is damaged: invalid"),
                fault().reason());
    }

    @Test
    void anUnknownMethodIsReported() throws IOException {
        byte[] packed = gzip(text(1, 10));
        packed[2] = 7;
        read(packed);
        assertFault(
                SourceFault.Kind.DAMAGED, "the gzip data of member 1 is damaged: no gzip header");
    }

    @Test
    void veryManyEmptyMembersAreNothing() throws IOException {
        byte[] empty = gzip(new byte[0]);
        byte[] packed = new byte[50_000 * empty.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = empty[i % empty.length];
        }
        assertArrayEquals(text(1, 5), read(join(packed, gzip(text(1, 5)))));
        assertEquals(Optional.empty(), Optional.ofNullable(fault));
    }

    @Test
    void aDamagedMemberBehindOthersIsNamed() throws IOException {
        byte[] text = text(1, 300_000);
        byte[] packed = gzip(text);
        byte[] damaged = packed.clone();
        damaged[10] |= 6; // no such kind of block
        assertArrayEquals(join(text, text), read(join(packed, packed, damaged, packed)));
        assertFault(
                SourceFault.Kind.DAMAGED,
                "the gzip data of member 3 is damaged: invalid deflate data");
    }

    @Test
    void aBombIsReadUpToABound() throws IOException {
        byte[] packed = gzip(new byte[80 << 20]);
        Path path = Files.write(directory.resolve("bomb"), packed);
        byte[] buffer = new byte[1 << 17];
        RawBytes raw = RawBytes.open(new InputFile("bomb", path, packed.length, 0), 0);
        long size = 0;
        try (TextSource source = new GzipText(raw, decoders, () -> {})) {
            int count = source.read(buffer, 0, buffer.length);
            while (count >= 0) {
                size += count;
                count = source.read(buffer, 0, buffer.length);
            }
            fault = source.fault();
        }
        assertTrue(size > 64 << 20 && size < 66 << 20, "read " + size);
        assertFault(
                SourceFault.Kind.DAMAGED,
                "the gzip data unpacks to more than 1,000 bytes for each byte: not read further");
    }
}
