// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// Lines of the generator's, without a header, as benchmarks take them: the same in every run.
/// Immutable, but for the arrays that it gives away.
public final class SampleLog {
    /// Readable bytes behind the text.
    public static final int SLACK_BYTES = 64;

    private final List<String> fields;
    private final int records;
    private final byte[] bytes;
    private final int sizeBytes;

    private SampleLog(List<String> fields, int records, byte[] bytes, int sizeBytes) {
        this.fields = fields;
        this.records = records;
        this.bytes = bytes;
        this.sizeBytes = sizeBytes;
    }

    /// So many records of a format.
    ///
    /// @throws IllegalArgumentException when the format has no such name
    public static SampleLog of(String format, int records) {
        LogFormat logFormat = LogFormat.parse(format);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        GeneratorOptions options =
                GeneratorOptions.defaults()
                        .withRecords(records)
                        .withFormat(logFormat)
                        .withHeader(false);
        try {
            FlowLogGenerator.writeTo(options, text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] bytes = Arrays.copyOf(text.toByteArray(), text.size() + SLACK_BYTES);
        List<String> fields = List.of(logFormat.headerLine().split(" ", -1));
        return new SampleLog(fields, records, bytes, text.size());
    }

    /// How many lines there are.
    public int records() {
        return records;
    }

    /// The text, with [#SLACK_BYTES] bytes behind it; the array is the log's own.
    public byte[] bytes() {
        return bytes;
    }

    /// Bytes of the text.
    public int sizeBytes() {
        return sizeBytes;
    }

    /// Fields of a record.
    public int fieldCount() {
        return fields.size();
    }

    /// The place of a field in the record.
    ///
    /// @throws IllegalArgumentException when there is none of this name
    public int field(String name) {
        int field = fields.indexOf(name);
        if (field < 0) {
            throw new IllegalArgumentException("no field '" + name + "' in " + fields);
        }
        return field;
    }

    /// The token of a field in each record.
    public String[] tokens(String name) {
        int field = field(name);
        String[] tokens = new String[records];
        String[] lines = new String(bytes, 0, sizeBytes, StandardCharsets.UTF_8).split("\n", -1);
        Arrays.setAll(tokens, record -> lines[record].split(" ", field + 2)[field]);
        return tokens;
    }

    /// The numbers of a field less the least of them, plus 1; 0 where there is none: as segments
    /// code them.
    public int[] numberCodes(String name) {
        String[] tokens = tokens(name);
        long least =
                Arrays.stream(tokens)
                        .filter(token -> !token.equals("-"))
                        .mapToLong(Long::parseLong)
                        .min()
                        .orElse(0);
        return Arrays.stream(tokens)
                .mapToInt(token ->
                        token.equals("-") ? 0 : Math.toIntExact(Long.parseLong(token) - least + 1))
                .toArray();
    }

    /// The place of each of these texts among the distinct ones in order, from 1 on; 0 for `-`.
    public static int[] textCodes(String... texts) {
        String[] sorted =
                Arrays.stream(texts)
                        .filter(t -> !t.equals("-"))
                        .distinct()
                        .sorted()
                        .toArray(String[]::new);
        Map<String, Integer> codes = new HashMap<>();
        codes.put("-", 0);
        for (String text : sorted) {
            codes.put(text, codes.size());
        }
        return Arrays.stream(texts).mapToInt(codes::get).toArray();
    }
}
