// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parquet;

import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import weir.ingest.stream.MadeText;

/// The rows of a Parquet file as lines behind a header line. NULL and the empty string are `-`.
/// Whatever Hardwood throws over broken bytes comes through as some [IOException] or
/// [RuntimeException].
public final class ParquetLines extends MadeText {
    private static final int STEP_CHARS = 1 << 16;

    /// Kept, so that its level stays: Hardwood tells users about its own choices otherwise.
    private static final Logger LOG = Logger.getLogger("dev.hardwood");

    static {
        LOG.setLevel(Level.WARNING);
    }

    private final ParquetFileReader file;
    private final List<ColumnSchema> columns;
    private final RowReader rows;

    private ParquetLines(ParquetFileReader file, List<ColumnSchema> columns, RowReader rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
        StringBuilder header = new StringBuilder();
        for (ColumnSchema column : columns) {
            header.append(header.isEmpty() ? "" : " ").append(column.name());
        }
        byte[] line = header.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        give(line, line.length);
    }

    /// The rows of the file at `path`.
    ///
    /// @throws IOException when it is no Parquet file, or one with columns that are no flow log's
    public static ParquetLines open(Path path) throws IOException {
        return of(ChannelFile.open(path));
    }

    /// The rows of the file that `bytes` give. Parquet is read from its end and from many places:
    /// so they lie in a temporary file meanwhile.
    ///
    /// @param sizeBytesMax most bytes of it
    /// @throws IOException also when there are more bytes, or no room for them
    public static ParquetLines open(InputStream bytes, long sizeBytesMax) throws IOException {
        return of(ChannelFile.copied(bytes, sizeBytesMax));
    }

    private static ParquetLines of(ChannelFile bytes) throws IOException {
        ParquetFileReader file = opened(bytes);
        try {
            List<ColumnSchema> columns = file.getFileSchema().getColumns();
            for (ColumnSchema column : columns) {
                check(column);
            }
            return new ParquetLines(file, columns, file.rowReader());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static ParquetFileReader opened(ChannelFile bytes) throws IOException {
        try {
            return ParquetFileReader.open(bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static void check(ColumnSchema column) throws IOException {
        boolean isNested =
                column.maxRepetitionLevel() > 0 || column.fieldPath().elements().size() > 1;
        if (isNested || column.type() == PhysicalType.INT96) {
            throw new IOException(
                    "its column %s is %s: no column of a flow log"
                            .formatted(column.fieldPath(), isNested ? "nested" : column.type()));
        }
    }

    @Override
    protected boolean next() {
        byte[] lines = nextLines();
        give(lines, lines.length);
        return lines.length > 0;
    }

    private byte[] nextLines() {
        StringBuilder lines = new StringBuilder();
        while (lines.length() < STEP_CHARS && rows.hasNext()) {
            rows.next();
            for (int i = 0; i < columns.size(); i++) {
                lines.append(i == 0 ? "" : " ").append(cell(i));
            }
            lines.append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String cell(int index) {
        if (rows.isNull(index)) {
            return "-";
        }
        String cell =
                switch (columns.get(index).type()) {
                    case INT32 -> Integer.toString(rows.getInt(index));
                    case INT64 -> Long.toString(rows.getLong(index));
                    case DOUBLE -> number(rows.getDouble(index));
                    case FLOAT -> number(rows.getFloat(index));
                    case BOOLEAN -> Boolean.toString(rows.getBoolean(index));
                    default -> new String(rows.getBinary(index), StandardCharsets.UTF_8);
                };
        return cell.isEmpty() ? "-" : cell;
    }

    /// What tools make of whole numbers where a column has a NULL.
    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return isWhole ? Long.toString((long) value) : notWhole(value);
    }

    private static String notWhole(double value) {
        return Double.isNaN(value) ? "-" : Double.toString(value);
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
        } finally {
            file.close();
        }
    }
}
