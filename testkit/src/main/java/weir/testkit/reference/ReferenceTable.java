// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import weir.testkit.record.LogField;
import weir.testkit.record.LogFormat;

/// Flow log records in memory, in the order read. Immutable.
///
/// A million records of 29 fields take about 400 MB: equal texts and numbers are kept once.
public final class ReferenceTable {

    private final List<ReferenceRow> rows;

    private ReferenceTable(List<ReferenceRow> rows) {
        this.rows = rows;
    }

    /// Reads files one after another: plain or `.gz` text, with a header line or else in the
    /// default format.
    ///
    /// @throws IOException when a file can not be read
    /// @throws IllegalArgumentException for a line whose number of fields is not the format's
    public static ReferenceTable read(Path... files) throws IOException {
        return read(LogFormat.V2, files);
    }

    /// As [#read(Path...)], for files without a header in a format of their own.
    public static ReferenceTable read(LogFormat withoutHeader, Path... files) throws IOException {
        Loader loader = new Loader();
        for (Path file : files) {
            try (BufferedReader reader = open(file)) {
                loader.load(reader, withoutHeader, file.toString());
            }
        }
        return new ReferenceTable(loader.rows);
    }

    /// Reads text; its path is `text`.
    public static ReferenceTable ofText(String text) {
        Loader loader = new Loader();
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            loader.load(reader, LogFormat.V2, "text");
        } catch (IOException e) {
            throw new UncheckedIOException("a string refused to be read", e);
        }
        return new ReferenceTable(loader.rows);
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /// How many rows.
    public int size() {
        return rows.size();
    }

    /// The rows, in the order read.
    public List<ReferenceRow> rows() {
        return rows;
    }

    /// The rows that pass a test.
    public ReferenceTable where(Predicate<ReferenceRow> test) {
        List<ReferenceRow> kept = new ArrayList<>();
        for (ReferenceRow row : rows) {
            if (test.test(row)) {
                kept.add(row);
            }
        }
        return new ReferenceTable(kept);
    }

    /// One result row for each row: the values of the expressions.
    @SafeVarargs
    public final ReferenceResult select(Function<ReferenceRow, ? extends @Nullable Object>... of) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (ReferenceRow row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Function<ReferenceRow, ? extends @Nullable Object> expression : of) {
                values.add(expression.apply(row));
            }
            out.add(values);
        }
        return new ReferenceResult(out);
    }

    /// Groups rows by the key expressions; a null key is a group of its own.
    @SafeVarargs
    public final Grouped groupBy(Function<ReferenceRow, ? extends @Nullable Object>... keys) {
        List<Function<ReferenceRow, ? extends @Nullable Object>> list = new ArrayList<>();
        for (Function<ReferenceRow, ? extends @Nullable Object> key : keys) {
            list.add(key);
        }
        return new Grouped(this, list);
    }

    /// The aggregates over all rows: always one result row.
    public ReferenceResult aggregate(Aggregate... aggregates) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            values.add(aggregate.over(rows));
        }
        List<List<@Nullable Object>> out = new ArrayList<>();
        out.add(values);
        return new ReferenceResult(out);
    }

    /// Rows waiting for their aggregates.
    public static final class Grouped {
        private final ReferenceTable table;
        private final List<Function<ReferenceRow, ? extends @Nullable Object>> keys;

        private Grouped(
                ReferenceTable table,
                List<Function<ReferenceRow, ? extends @Nullable Object>> keys) {
            this.table = table;
            this.keys = keys;
        }

        /// One result row for each group: its keys, then the aggregates; groups in the order of
        /// their first row.
        public ReferenceResult aggregate(Aggregate... aggregates) {
            Map<List<@Nullable Object>, List<ReferenceRow>> groups = new LinkedHashMap<>();
            for (ReferenceRow row : table.rows) {
                List<@Nullable Object> key = new ArrayList<>();
                for (Function<ReferenceRow, ? extends @Nullable Object> expression : keys) {
                    key.add(expression.apply(row));
                }
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
            List<List<@Nullable Object>> out = new ArrayList<>();
            groups.forEach((key, members) -> {
                List<@Nullable Object> values = new ArrayList<>(key);
                for (Aggregate aggregate : aggregates) {
                    values.add(aggregate.over(members));
                }
                out.add(values);
            });
            return new ReferenceResult(out);
        }
    }

    /// Splits lines into rows, keeping equal values once.
    private static final class Loader {
        private final List<ReferenceRow> rows = new ArrayList<>();
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Long> numbers = new HashMap<>();

        void load(BufferedReader reader, LogFormat withoutHeader, String path) throws IOException {
            List<LogField> fields = withoutHeader.fields();
            Map<String, Integer> positions = positions(fields);
            int lineNumber = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                if (line.isEmpty()) {
                    continue;
                }
                List<String> tokens = Arrays.asList(line.split(" ", -1));
                if (LogField.ofHeader(tokens.get(0)) != null) {
                    fields = LogFormat.parse(line).fields();
                    positions = positions(fields);
                    continue;
                }
                if (tokens.size() != fields.size()) {
                    throw new IllegalArgumentException(
                            path
                                    + " line "
                                    + lineNumber
                                    + " has "
                                    + tokens.size()
                                    + " fields, the format has "
                                    + fields.size());
                }
                rows.add(new ReferenceRow(positions, values(tokens, fields), path));
            }
        }

        private @Nullable Object[] values(List<String> tokens, List<LogField> fields) {
            @Nullable Object[] values = new @Nullable Object[tokens.size()];
            for (int i = 0; i < values.length; i++) {
                String token = tokens.get(i);
                if (!fields.get(i).isInteger()) {
                    values[i] = texts.computeIfAbsent(token, t -> t);
                } else if (!token.equals("-")) {
                    values[i] = numbers.computeIfAbsent(token, Long::valueOf);
                }
            }
            return values;
        }

        private static Map<String, Integer> positions(List<LogField> fields) {
            Map<String, Integer> positions = new HashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                positions.put(fields.get(i).column(), i);
            }
            return positions;
        }
    }
}
