// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import weir.engine.encoding.BlockDecoder;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;

/// Unpacks the bit-packed codes of one column of a mapped segment: nanoseconds a value, one thread.
///
/// Expect 0.06 to 0.2: one loop of 2,048 iterations a batch that C2 vectorises, behind one copy of
/// a stripe. Ten times that means the loop is no longer vectorised.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UnpackBenchmark {
    static final int ROWS = 1 << 20;
    private static final int BATCH_ROWS = 2048;
    private static final int BLOCK_ROWS = 1 << 16;
    private static final Column COLUMN = Column.number("code", ColumnType.INT64);

    /// Bits of a code.
    @Param({"2", "9", "13", "17", "24"})
    public int width = 17;

    private final int[] codes = new int[BATCH_ROWS];
    private @Nullable SegmentReader segment;
    private @Nullable Path file;

    /// Writes and maps the segment.
    @Setup(Level.Trial)
    public void open() {
        Random random = new Random(1);
        SegmentBuilder builder = new SegmentBuilder(null);
        long[] values = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            values[row] = random.nextInt(1 << width);
        }
        builder.numbers(COLUMN).put(0, values, values.length);
        builder.numbers(COLUMN).filledTo(ROWS);
        builder.addRows(ROWS);
        try {
            file = Files.createTempDirectory("weir-unpack").resolve("codes.seg");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the segment", e);
        }
        builder.write(file, 1);
        segment = SegmentReader.open(file);
    }

    /// Unmaps and deletes it.
    @TearDown(Level.Trial)
    public void close() {
        if (segment != null && file != null) {
            segment.close();
            try {
                Files.delete(file);
                Files.delete(file.resolveSibling(""));
            } catch (IOException e) {
                throw new UncheckedIOException("the segment stays behind", e);
            }
        }
    }

    /// Unpacks every batch of the column and gives the exclusive-or of the first code of each.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int unpack() {
        ColumnReader column = segment == null ? null : segment.column("code");
        if (column == null) {
            throw new IllegalStateException("open() comes first");
        }
        int mixed = 0;
        for (int block = 0; block < ROWS / BLOCK_ROWS; block++) {
            BlockDecoder decoder = column.decoder(block);
            for (int batch = 0; batch < BLOCK_ROWS / BATCH_ROWS; batch++) {
                decoder.decodeInts(batch, codes);
                mixed ^= codes[0] + (int) column.base(block);
            }
        }
        return mixed;
    }
}
