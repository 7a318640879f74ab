// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;

/// Every row has the same code.
///
/// ```text
///  0  code   8 bytes
/// ```
final class ConstantEncoding implements Encoding {
    private static final int SIZE_BYTES = 8;

    @Override
    public int wireId() {
        return 1;
    }

    @Override
    public Level level() {
        return Level.PLAIN;
    }

    @Override
    public int savingNeeded(BlockShape shape) {
        return 0;
    }

    @Override
    public long encodedSizeBytes(BlockShape shape) {
        return shape.runCount == 1 ? SIZE_BYTES : -1;
    }

    @Override
    public void encode(BlockShape shape, ByteSink sink) {
        sink.putLong(shape.code(0));
    }

    @Override
    public BlockDecoder decoder(Slice body, int rowCount) {
        body.expectEnd(SIZE_BYTES);
        return new Decoder(body.longAt(0));
    }

    private record Decoder(long code) implements BlockDecoder {
        @Override
        public boolean fitsInts() {
            return code >>> 31 == 0;
        }

        @Override
        public void decodeInts(int batch, int[] codes) {
            Arrays.fill(codes, (int) code);
        }

        @Override
        public void decodeLongs(int batch, long[] codes) {
            Arrays.fill(codes, code);
        }
    }
}
