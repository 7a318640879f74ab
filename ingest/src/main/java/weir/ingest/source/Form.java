// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import weir.ingest.envelope.EnvelopeLines;
import weir.ingest.parquet.ParquetLines;

/// What holds the records, whatever it is packed in.
public enum Form {
    /// Decided by the first bytes.
    AUTO,
    /// A record a line, fields separated by spaces.
    TEXT,
    /// A record a line, fields separated by commas, behind a line with the names.
    CSV,
    /// CloudWatch Logs subscription envelopes, or Firehose records.
    JSON,
    /// Parquet as AWS writes it.
    PARQUET;

    /// Most bytes of Parquet that does not lie in a file of its own.
    private static final long PARQUET_BYTES_MAX = 1L << 30;

    /// The lines of `content`, which is of this form.
    ///
    /// @throws IOException when it does not begin as it should
    /// @throws IllegalStateException for [#AUTO]
    InputStream lines(InputStream content) throws IOException {
        return switch (this) {
            case TEXT -> content;
            case CSV -> new CsvLines(content);
            case JSON -> new EnvelopeLines(content);
            case PARQUET -> ParquetLines.open(content, PARQUET_BYTES_MAX);
            case AUTO -> throw new IllegalStateException("nobody looked");
        };
    }

    /// How users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The form that users write so.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Form parse(String word) {
        for (Form form : values()) {
            if (form.word().equals(word)) {
                return form;
            }
        }
        throw new IllegalArgumentException(
                "no form is called '%s': expected %s"
                        .formatted(
                                word,
                                Arrays.stream(values())
                                        .map(Form::word)
                                        .collect(Collectors.joining(", "))));
    }

    /// The form of what begins with `head[0, size)`.
    static Form of(byte[] head, int size) {
        int at = size >= 3 && (head[0] & 0xff) == 0xef && (head[1] & 0xff) == 0xbb ? 3 : 0;
        while (at < size && (head[at] == ' ' || head[at] == '\n' || head[at] == '\r')) {
            at++;
        }
        if (size - at >= 4
                && head[at] == 'P'
                && head[at + 1] == 'A'
                && head[at + 2] == 'R'
                && head[at + 3] == '1') {
            return PARQUET;
        }
        if (at < size && (head[at] == '{' || head[at] == '[')) {
            return JSON;
        }
        return isNamesWithCommas(head, at, size) ? CSV : TEXT;
    }

    /// Whether the first line is names with commas between them and nothing else. No line of a text
    /// log is.
    private static boolean isNamesWithCommas(byte[] head, int from, int size) {
        int commas = 0;
        for (int i = from; i < size && head[i] != '\n' && head[i] != '\r'; i++) {
            byte next = head[i];
            boolean isOfName =
                    (next >= 'a' && next <= 'z')
                            || (next >= 'A' && next <= 'Z')
                            || (next >= '0' && next <= '9')
                            || next == '_'
                            || next == '-';
            if (next == ',') {
                commas++;
            } else if (!isOfName && next != '"') {
                return false;
            }
        }
        return commas > 0;
    }
}
