// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.encoding.BlockDecoder;
import weir.engine.encoding.CodeFilter;
import weir.engine.fault.Limits;
import weir.engine.index.ZoneMap;
import weir.engine.schema.Column;
import weir.engine.segment.BlockDecoders;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;

/// One column of one segment under a scan: decodes each batch at most once, for the predicate and
/// for the result. Belongs to one thread.
final class ColumnCursor {
    private final Column column;
    private final @Nullable ColumnReader reader;
    private final Dictionary dictionary;
    private final SegmentReader segment;
    private final BlockDecoders decoders;

    private int block = -1;
    private int batch = -1;
    private boolean isLong;
    private @Nullable BlockDecoder decoder;
    private int[] codes = new int[0];
    private long[] longCodes = new long[0];

    ColumnCursor(SegmentReader segment, Column column, BlockDecoders decoders) {
        this.segment = segment;
        this.column = column;
        this.reader = segment.column(column.name());
        this.decoders = decoders;
        this.dictionary =
                !column.type().isDictionary() || reader == null
                        ? SegmentReader.absentDictionary(column)
                        : reader.dictionary();
    }

    /// Whether the segment has the column at all.
    boolean isPresent() {
        return reader != null;
    }

    /// Whether the column holds the time of a row.
    boolean isTime() {
        return column.name().equals(segment.schema().timeColumn());
    }

    @Nullable ColumnReader reader() {
        return reader;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    ZoneMap zone(int block) {
        if (reader == null) {
            throw new IllegalStateException("no zone of an absent column");
        }
        return reader.zone(block);
    }

    long base(int block) {
        return reader == null ? 0 : reader.base(block);
    }

    /// Whether code 0 is a row without a value in a block: what codes mean, and no pruning.
    boolean hasAbsent(int block) {
        return zone(block).hasAbsent();
    }

    /// The least number that a block can say.
    long least(int block) {
        return base(block) + (hasAbsent(block) ? 1 : 0);
    }

    /// Moves to a batch and decodes it unless it is there already.
    void load(int newBlock, int newBatch) {
        if (reader == null || (block == newBlock && batch == newBatch)) {
            return;
        }
        BlockDecoder opened = open(newBlock);
        batch = -1;
        if (isLong) {
            if (longCodes.length == 0) {
                longCodes = new long[Limits.BATCH_ROWS];
            }
            opened.decodeLongs(newBatch, longCodes);
        } else {
            if (codes.length == 0) {
                codes = new int[Limits.BATCH_ROWS];
            }
            opened.decodeInts(newBatch, codes);
        }
        if (column.type().isDictionary()) {
            int rows = BlockDecoder.batchRows(segment.blockRows(block), newBatch);
            check(isLong ? "codes above 31 bits" : outside(codes, rows));
        }
        batch = newBatch;
    }

    /// Sets `flags[i]` to 1 for the rows of a batch whose code passes and to 0 for the others. The
    /// codes of the block fit ints.
    void test(int newBlock, int newBatch, int count, CodeFilter filter, int[] flags) {
        boolean isLoaded = block == newBlock && batch == newBatch;
        if (isLoaded || !open(newBlock).test(newBatch, checked(filter), flags)) {
            load(newBlock, newBatch);
            filter.test(codes, count, flags);
        }
    }

    /// The same test, of codes that the dictionary has.
    private CodeFilter checked(CodeFilter filter) {
        if (!column.type().isDictionary()) {
            return filter;
        }
        return (tested, count, flags) -> {
            check(outside(tested, count));
            filter.test(tested, count, flags);
        };
    }

    private BlockDecoder open(int newBlock) {
        BlockDecoder opened = decoder;
        if (block != newBlock || opened == null) {
            batch = -1;
            opened = decoders.decoder(Objects.requireNonNull(reader), newBlock);
            isLong = !opened.fitsInts();
            decoder = opened;
            block = newBlock;
        }
        return opened;
    }

    /// Checksums do not say that a block and its dictionary belong together.
    private void check(@Nullable String found) {
        if (found != null) {
            throw Objects.requireNonNull(reader)
                    .corrupt(
                            block,
                            "codes of column "
                                    + column.name()
                                    + " from 0 to "
                                    + (dictionary.size() - 1),
                            found);
        }
    }

    /// The greatest code, as unsigned numbers are, or null when every code is of the dictionary.
    private @Nullable String outside(int[] codes, int rows) {
        int max = Integer.MIN_VALUE;
        for (int i = 0; i < rows; i++) {
            max = Math.max(max, codes[i] ^ Integer.MIN_VALUE);
        }
        int greatest = max ^ Integer.MIN_VALUE;
        return greatest < 0 || greatest >= dictionary.size()
                ? Integer.toUnsignedString(greatest)
                : null;
    }

    /// Whether the codes of a block are longs, so that a loaded batch is in [#longCodes()] and not
    /// in [#codes()].
    boolean isLong(int newBlock) {
        open(newBlock);
        return isLong;
    }

    int[] codes() {
        return codes;
    }

    long[] longCodes() {
        return longCodes;
    }

    /// The values of the chosen rows of a batch, in arrays of their own.
    ///
    /// @param selection offsets in the batch, or null for its first `count` rows
    Vector values(int block, int batch, int @Nullable [] selection, int count) {
        load(block, batch);
        if (column.type().isDictionary()) {
            return new Vector.Codes(selectedCodes(selection, count), dictionary);
        }
        return numbers(selection, count);
    }

    private int[] selectedCodes(int @Nullable [] selection, int count) {
        int[] selected = new int[count];
        if (reader == null) {
            return selected;
        }
        if (selection == null) {
            System.arraycopy(codes, 0, selected, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                selected[i] = codes[selection[i]];
            }
        }
        return selected;
    }

    private Vector numbers(int @Nullable [] selection, int count) {
        long[] values = new long[count];
        if (reader == null) {
            boolean[] nulls = new boolean[count];
            java.util.Arrays.fill(nulls, true);
            return new Vector.Longs(values, nulls);
        }
        if (isLong) {
            for (int i = 0; i < count; i++) {
                values[i] = longCodes[selection == null ? i : selection[i]];
            }
        } else if (selection == null) {
            for (int i = 0; i < count; i++) {
                values[i] = codes[i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                values[i] = codes[selection[i]];
            }
        }
        boolean[] nulls = reader.zone(block).hasAbsent() ? absent(values, count) : null;
        long base = reader.base(block);
        for (int i = 0; i < count; i++) {
            values[i] += base;
        }
        return new Vector.Longs(values, nulls);
    }

    /// Code 0 is absent; null when no row is.
    private static boolean @Nullable [] absent(long[] codes, int count) {
        boolean[] nulls = new boolean[count];
        boolean some = false;
        for (int i = 0; i < count; i++) {
            nulls[i] = codes[i] == 0;
            some |= nulls[i];
        }
        return some ? nulls : null;
    }
}
