// SPDX-License-Identifier: Apache-2.0
package weir.engine.compact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.scan.Predicate;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.IpAddress;
import weir.engine.schema.Schema;
import weir.engine.segment.AddressPool;
import weir.engine.segment.CodeRows;
import weir.engine.segment.NumberRows;
import weir.engine.segment.SegmentBuilder;
import weir.engine.segment.SegmentReader;
import weir.engine.segment.TextPool;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;

/// The passing rows of one segment on their way into builders, in the order they stand in. Every
/// column of the segment comes along, also one without a value. Confined to one thread.
public final class RowCopy {
    private final List<ColumnCopy> columns = new ArrayList<>();
    private final SegmentReader segment;
    private final SegmentScan scan;
    private final int rowsMax;

    /// The rows of `segment`.
    ///
    /// @param schema of the table: as it knows the segment's columns they are written
    /// @param predicate which rows; null for all
    /// @param rowsMax most rows of a builder, but for a batch
    public RowCopy(
            SegmentReader segment, Schema schema, @Nullable Predicate predicate, int rowsMax) {
        this.segment = segment;
        this.rowsMax = rowsMax;
        List<Column> read = new ArrayList<>();
        for (Column column : segment.schema().columns()) {
            int index = schema.indexOf(column.name());
            Column known = index < 0 ? column : schema.column(index);
            read.add(known);
            columns.add(known.type().isDictionary() ? new CodeCopy(known) : new NumberCopy(known));
        }
        this.scan = SegmentScan.of(segment, ScanRequest.of(read, predicate), new ScanMetrics());
    }

    /// Adds rows to `target` until it has as many as it may, or there are no more.
    ///
    /// @return whether rows may be left
    /// @throws weir.engine.fault.CorruptSegmentException when the segment is damaged
    public boolean fill(SegmentBuilder target) {
        try {
            return copy(target);
        } catch (InternalError e) {
            throw segment.shortened(e);
        }
    }

    private boolean copy(SegmentBuilder target) {
        columns.forEach(column -> column.begin(target));
        while (target.rowCount() < rowsMax) {
            VectorBatch batch = scan.next();
            if (batch == null) {
                return false;
            }
            int first = target.rowCount();
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(batch.column(i), first, batch.rowCount());
            }
            target.addRows(batch.rowCount());
        }
        return true;
    }

    /// One column on its way.
    private abstract static sealed class ColumnCopy {
        final Column column;

        ColumnCopy(Column column) {
            this.column = column;
        }

        abstract void begin(SegmentBuilder target);

        abstract void add(Vector values, int first, int count);
    }

    private static final class NumberCopy extends ColumnCopy {
        private @Nullable NumberRows rows;

        NumberCopy(Column column) {
            super(column);
        }

        @Override
        void begin(SegmentBuilder target) {
            rows = target.numbers(column);
        }

        @Override
        void add(Vector values, int first, int count) {
            NumberRows target = begun(rows);
            Vector.Longs longs = (Vector.Longs) values;
            target.put(first, longs.values(), count);
            boolean[] nulls = longs.nulls();
            for (int i = 0; nulls != null && i < count; i++) {
                if (nulls[i]) {
                    target.set(first + i, Column.ABSENT);
                }
            }
            target.filledTo(first + count);
        }
    }

    /// Copies codes by a table from each code of the segment to the number of its value.
    private static final class CodeCopy extends ColumnCopy {
        private @Nullable CodeRows rows;
        private @Nullable TextPool texts;
        private @Nullable AddressPool addresses;
        private int[] idOfCode = new int[0];

        CodeCopy(Column column) {
            super(column);
        }

        @Override
        void begin(SegmentBuilder target) {
            rows = target.codes(column);
            switch (column.type()) {
                case TEXT -> texts = target.texts(column);
                case ADDRESS -> addresses = target.addresses(column);
                default -> throw new IllegalStateException(column + " has no dictionary");
            }
            Arrays.fill(idOfCode, 0);
        }

        @Override
        void add(Vector values, int first, int count) {
            CodeRows target = begun(rows);
            Vector.Codes codes = (Vector.Codes) values;
            Dictionary dictionary = codes.dictionary();
            if (idOfCode.length < dictionary.size()) {
                idOfCode = Arrays.copyOf(idOfCode, dictionary.size());
            }
            int[] to = target.withRoomFor(first + count);
            for (int i = 0; i < count; i++) {
                int code = codes.codes()[i];
                int id = idOfCode[code];
                if (id == 0 && code != 0) {
                    id = idOf(dictionary, code);
                    idOfCode[code] = id;
                }
                to[first + i] = id;
            }
            target.filledTo(first + count);
        }

        private int idOf(Dictionary dictionary, int code) {
            if (addresses != null) {
                IpAddress address = begun(dictionary.address(code));
                return addresses.idOf(address.high(), address.low());
            }
            byte[] text = begun(dictionary.text(code)).getBytes(StandardCharsets.UTF_8);
            return begun(texts).idOf(text, 0, text.length);
        }
    }

    private static <T> T begun(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a code without a value, or a column not begun");
        }
        return value;
    }
}
