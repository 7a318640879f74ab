// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Rows of CSV and TSV.
final class CsvRows {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvRows() {}

    static void read(InputStream text, char separator, LookupRows rows) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
        Reader decoded = new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder());
        try (CSVParser parser = CSVParser.builder().setReader(decoded).setFormat(format).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (records.hasNext()) {
                for (String name : records.next()) {
                    rows.newColumn(name.replace(BYTE_ORDER_MARK, "").strip(), 1);
                }
            }
            while (records.hasNext()) {
                CSVRecord next = records.next();
                rows.add(row(next, parser.getCurrentLineNumber(), rows));
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException syntax) {
                throw rows.failure(0, "is no CSV: " + syntax.getMessage());
            }
            throw e.getCause();
        }
    }

    private static @Nullable String[] row(CSVRecord next, long line, LookupRows rows) {
        if (next.size() != rows.columnCount()) {
            throw rows.failure(
                    line,
                    next.size()
                            + " values where the first line names "
                            + rows.columnCount()
                            + " columns; quote values that have a separator in them");
        }
        @Nullable String[] row = new @Nullable String[next.size()];
        for (int i = 0; i < row.length; i++) {
            String value = next.get(i);
            row[i] = value.isEmpty() ? null : value;
        }
        return row;
    }
}
