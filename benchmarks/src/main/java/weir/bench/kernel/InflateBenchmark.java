// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import weir.ingest.inflate.DecoderKind;
import weir.ingest.inflate.DeflateDecoder;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;

/// Unpacks generated flow logs: nanoseconds a byte of text, one thread; 1 is a gigabyte a second.
///
/// Expect about 2 of the JDK, 0.9 of ISA-L and 1 of libdeflate. A decoder that this machine does
/// not have fails.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class InflateBenchmark {
    static final int TEXT_BYTES = 1 << 24;
    private static final int RECORDS = 160_000;
    private static final int STEP_BYTES = 1 << 17;

    /// What unpacks.
    @Param({"JDK", "LIBDEFLATE", "ISAL"})
    public DecoderKind decoder = DecoderKind.JDK;

    private final byte[] text = new byte[STEP_BYTES];
    private byte[] packed = new byte[0];
    private @Nullable DeflateDecoder opened;

    /// Makes the log and packs it as gzip does.
    @Setup(Level.Trial)
    public void open() {
        byte[] log = log();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(log);
        deflater.finish();
        byte[] stream = new byte[TEXT_BYTES];
        int size = deflater.deflate(stream);
        deflater.end();
        packed = Arrays.copyOf(stream, size + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            packed[size + i] = (byte) (TEXT_BYTES >>> (i * Byte.SIZE));
        }
        opened = decoder.newDecoder();
    }

    static byte[] log() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try {
            FlowLogGenerator.writeTo(GeneratorOptions.defaults().withRecords(RECORDS), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(log.toByteArray(), TEXT_BYTES);
    }

    /// Gives back the decoder's memory.
    @TearDown(Level.Trial)
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /// Unpacks the log and gives its size.
    @Benchmark
    @OperationsPerInvocation(TEXT_BYTES)
    public long inflate() throws DataFormatException {
        DeflateDecoder decoding = opened;
        if (decoding == null) {
            throw new IllegalStateException("open() comes first");
        }
        byte[] piece = new byte[Math.min(packed.length, decoding.pieceBytesMax())];
        int at = next(decoding, piece, 0);
        decoding.begin(0);
        long sum = 0;
        while (!decoding.isFinished()) {
            int count = decoding.decode(text, 0, STEP_BYTES);
            sum += count;
            if (count == 0 && decoding.needsPiece()) {
                at = next(decoding, piece, at);
            }
        }
        return sum;
    }

    private int next(DeflateDecoder decoding, byte[] piece, int at) {
        int size = Math.min(piece.length, packed.length - at);
        System.arraycopy(packed, at, piece, 0, size);
        decoding.setPiece(piece, size, at + size == packed.length);
        return at + size;
    }
}
