// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weir.ingest.inflate.DecoderKind;
import weir.ingest.inflate.Decoders;

/// Reading ahead is seen by nobody.
@Timeout(60)
class ReadAheadTextTest {
    private static final SourceFault CUT = new SourceFault(SourceFault.Kind.TRUNCATED, "it is cut");
    private static final long ENDLESS = Long.MAX_VALUE;

    /// Text of bytes that count up, and what comes behind it.
    private static class Counting implements TextSource {
        final long size;
        final int stepMax;
        final Runnable behind;
        final AtomicLong readBytes = new AtomicLong();
        volatile @Nullable Thread reader;
        final AtomicLong closings = new AtomicLong();

        Counting(long size, int stepMax, Runnable behind) {
            this.size = size;
            this.stepMax = stepMax;
            this.behind = behind;
        }

        @Override
        public int read(byte[] to, int from, int wanted) throws IOException {
            reader = Thread.currentThread();
            int count = (int) Math.min(Math.min(wanted, stepMax), size - readBytes.get());
            if (count == 0) {
                behind.run();
                return -1;
            }
            for (int i = 0; i < count; i++) {
                to[from + i] = (byte) (readBytes.get() + i);
            }
            readBytes.addAndGet(count);
            return count;
        }

        @Override
        public String form() {
            return "counting";
        }

        @Override
        public long consumedBytes() {
            return readBytes.get() / 3;
        }

        @Override
        public @Nullable SourceFault fault() {
            return CUT;
        }

        @Override
        public @Nullable String packedHash() {
            return "the hash";
        }

        @Override
        public void close() {
            closings.incrementAndGet();
        }
    }

    private static ReadAheadText ahead(TextSource source) {
        return new ReadAheadText(_ -> source, () -> {});
    }

    private static byte[] counted(int size) {
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) i;
        }
        return text;
    }

    /// Reads in steps of random sizes up to the end.
    private static byte[] readAll(TextSource source) throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] to = new byte[1 << 19];
        while (true) {
            int count = source.read(to, 0, 1 + random.nextInt(to.length));
            if (count < 0) {
                return text.toByteArray();
            }
            assertTrue(count > 0);
            assertNull(source.fault());
            text.write(to, 0, count);
        }
    }

    private static void assertEnded(Counting source) {
        Thread reader = source.reader;
        assertNotNull(reader);
        assertFalse(reader.isAlive());
        assertEquals(1, source.closings.get());
    }

    @Test
    void theTextIsTheSameAndItsFaultIsSeenBehindIt() throws IOException {
        for (int size : new int[] {0, 1, 1 << 18, (1 << 18) + 1, 5_000_000}) {
            Counting source = new Counting(size, 100_000, () -> {});
            try (ReadAheadText ahead = ahead(source)) {
                assertEquals("counting", ahead.form());
                assertEquals(0, ahead.consumedBytes());
                assertNull(ahead.fault());
                assertArrayEquals(counted(size), readAll(ahead));
                assertEquals(CUT, ahead.fault());
                assertEquals("the hash", ahead.packedHash());
                assertEquals(size / 3, ahead.consumedBytes());
                assertEquals(-1, ahead.read(new byte[1], 0, 1));
            }
            assertEnded(source);
        }
    }

    @Test
    void aLargePackedFileIsReadAheadAndSeemsAsWithout(@TempDir Path directory) throws IOException {
        byte[] noise = new byte[3_000_000];
        new Random(2).nextBytes(noise);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(noise);
        }
        byte[] packed = bytes.toByteArray();
        byte[] damaged = packed.clone();
        damaged[packed.length - 5] ^= 1; // the checksum
        for (byte[] content :
                List.of(packed, damaged, Arrays.copyOf(packed, packed.length * 2 / 3))) {
            Path path = Files.write(directory.resolve("x.gz"), content);
            InputFile file = new InputFile("x.gz", path, content.length, 0);
            RawBytes raw = RawBytes.open(file, 0);
            try (TextSource ahead = TextSources.open(file);
                    TextSource plain = new GzipText(raw, new Decoders(DecoderKind.JDK), () -> {})) {
                assertInstanceOf(ReadAheadText.class, ((HeadText) ahead).source());
                assertEquals(plain.form(), ahead.form());
                assertArrayEquals(readAll(plain), readAll(ahead));
                assertEquals(plain.fault(), ahead.fault());
                assertEquals(plain.consumedBytes(), ahead.consumedBytes());
                assertEquals(Arrays.equals(content, packed), ahead.fault() == null);
            }
        }
    }

    /// Nobody knows how much it will be.
    @Test
    void packedStandardInputIsReadAhead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(counted(1_000));
        }
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(bytes.toByteArray()));
        try (TextSource ahead = TextSources.open(InputFile.standardInput())) {
            assertInstanceOf(ReadAheadText.class, ((HeadText) ahead).source());
            assertArrayEquals(counted(1_000), readAll(ahead));
            assertNull(ahead.fault());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void progressIsThatOfTheTextThatWasTaken() throws IOException {
        Counting source = new Counting(ENDLESS, 1 << 20, () -> {});
        try (ReadAheadText ahead = ahead(source)) {
            long taken = 0;
            byte[] to = new byte[50_000];
            for (int i = 0; i < 1_000; i++) {
                taken += ahead.read(to, 0, to.length);
                assertTrue(ahead.consumedBytes() >= taken / 3);
                assertTrue(ahead.consumedBytes() <= (taken + (1 << 18)) / 3);
            }
        }
    }

    @Test
    void noMoreIsReadThanTheBuffersHold() throws IOException {
        Counting source = new Counting(ENDLESS, 1 << 20, () -> {});
        ReadAheadText ahead = ahead(source);
        assertEquals(1, ahead.read(new byte[1], 0, 1));
        ahead.close();
        assertTrue(
                source.readBytes.get() <= ReadAheadText.TEXT_BYTES_MAX, "read " + source.readBytes);
        assertEnded(source);
        assertEquals(-1, ahead.read(new byte[1], 0, 1));
    }

    @Test
    void aTextThatNobodyReadsHasNoThread() throws IOException {
        Counting source = new Counting(10, 10, () -> {});
        ahead(source).close();
        assertNull(source.reader);
        assertEquals(1, source.closings.get());
    }

    @Test
    void aFailureIsThrownBehindTheTextAndAgain() throws IOException {
        RuntimeException failure = new CancellationException("enough");
        Counting source =
                new Counting(
                        700_000,
                        1 << 20,
                        () -> {
                            throw failure;
                        });
        try (ReadAheadText ahead = ahead(source)) {
            byte[] to = new byte[700_000];
            int filled = 0;
            while (filled < to.length) {
                filled += ahead.read(to, filled, to.length - filled);
            }
            assertArrayEquals(counted(700_000), to);
            byte[] more = new byte[1];
            assertSame(
                    failure,
                    assertThrows(CancellationException.class, () -> ahead.read(more, 0, 1)));
            assertSame(
                    failure,
                    assertThrows(CancellationException.class, () -> ahead.read(more, 0, 1)));
            assertNull(ahead.fault());
        }
        assertEnded(source);
    }

    @Test
    void aDiskThatFailsIsThatOfTheSource() throws IOException {
        IOException failure = new IOException("bad sector");
        Counting source =
                new Counting(ENDLESS, 100, () -> {}) {
                    @Override
                    public int read(byte[] to, int from, int wanted) throws IOException {
                        if (readBytes.get() >= 1_000) {
                            throw failure;
                        }
                        return super.read(to, from, wanted);
                    }
                };
        try (ReadAheadText ahead = ahead(source)) {
            byte[] to = new byte[2_000];
            assertEquals(1_000, ahead.read(to, 0, to.length));
            assertArrayEquals(counted(1_000), Arrays.copyOf(to, 1_000));
            assertSame(failure, assertThrows(IOException.class, () -> ahead.read(to, 0, 1)));
        }
        assertEnded(source);
    }

    @Test
    void closingEndsASourceThatGivesNoText() throws IOException {
        CountDownLatch isWithoutText = new CountDownLatch(1);
        Counting[] made = new Counting[1];
        ReadAheadText ahead =
                new ReadAheadText(
                        checkpoint -> {
                            made[0] =
                                    new Counting(
                                            1 << 18,
                                            1 << 18,
                                            () -> {
                                                isWithoutText.countDown();
                                                while (true) {
                                                    checkpoint.run();
                                                }
                                            });
                            return made[0];
                        },
                        () -> {});
        assertEquals(1, ahead.read(new byte[1], 0, 1));
        await(isWithoutText);
        ahead.close();
        assertEnded(made[0]);
    }

    @Test
    void theCheckpointOfTheCallerIsAskedToo() throws IOException {
        CancellationException cancelled = new CancellationException("the run was cancelled");
        ReadAheadText ahead =
                new ReadAheadText(
                        checkpoint -> new Counting(0, 1, checkpoint),
                        () -> {
                            throw cancelled;
                        });
        assertSame(
                cancelled,
                assertThrows(CancellationException.class, () -> ahead.read(new byte[1], 0, 1)));
        ahead.close();
    }

    @Test
    void anInterruptOfTheReadingThreadIsAFailureBehindTheTextAndNoWaitForEver() throws IOException {
        Counting source = new Counting(ENDLESS, 1 << 20, () -> {});
        try (ReadAheadText ahead = ahead(source)) {
            assertEquals(1, ahead.read(new byte[1], 0, 1));
            Thread reader = source.reader;
            assertNotNull(reader);
            reader.interrupt();
            byte[] to = new byte[1 << 20];
            IllegalStateException failure =
                    assertThrows(
                            IllegalStateException.class,
                            () -> {
                                while (ahead.read(to, 0, to.length) > 0) {}
                            });
            assertInstanceOf(InterruptedException.class, failure.getCause());
        }
        assertEnded(source);
    }

    @Test
    void anInterruptEndsTheWaitAsItEndsAReadOfAFile() throws IOException {
        CountDownLatch isReading = new CountDownLatch(1);
        CountDownLatch isReleased = new CountDownLatch(1);
        Counting source =
                new Counting(
                        1 << 18,
                        1 << 18,
                        () -> {
                            isReading.countDown();
                            await(isReleased);
                        });
        ReadAheadText ahead = ahead(source);
        byte[] to = new byte[1 << 18];
        assertEquals(to.length, ahead.read(to, 0, to.length));
        await(isReading);
        Thread.currentThread().interrupt();
        try {
            assertThrows(ClosedByInterruptException.class, () -> ahead.read(new byte[1], 0, 1));
            isReleased.countDown();
            ahead.close();
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEnded(source);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
