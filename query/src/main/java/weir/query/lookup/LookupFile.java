// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import weir.query.catalog.Table;

/// A CSV, TSV or JSON file as a table in memory. The name of the file tells the form: `.tsv`,
/// `.json`, `.jsonl`, `.ndjson`, and CSV otherwise; behind any of them `.gz`.
///
/// CSV and TSV (RFC 4180, UTF-8) begin with a line of column names. JSON is an array of objects,
/// objects one after the other, or one object with arrays of objects in it, as AWS publishes its
/// address ranges; the rows of all its arrays stand one behind the other. Columns are those of all
/// objects. An empty value, and a missing one, is NULL.
///
/// The type of a column is the narrowest that holds all of its values: BIGINT, DOUBLE, BOOLEAN,
/// DATE, else VARCHAR. Numbers with leading zeros are no numbers, so that account ids stay whole.
public final class LookupFile {
    private static final String ADVICE = "raise it with --memory, or leave out what no query asks";

    private LookupFile() {}

    /// Reads `file` as the table `name`.
    ///
    /// @param bytesMax most bytes of text it may have
    /// @throws LookupException when it is no table or too large, naming file and line
    public static Table read(Path file, String name, long bytesMax) {
        String path = file.toString().toLowerCase(Locale.ROOT);
        boolean isPacked = path.endsWith(".gz");
        String form = isPacked ? path.substring(0, path.length() - ".gz".length()) : path;
        try (InputStream raw = Files.newInputStream(file);
                InputStream text =
                        new BoundedText(
                                isPacked ? new GZIPInputStream(raw) : raw,
                                bytesMax,
                                file,
                                ADVICE)) {
            LookupRows rows = new LookupRows(file, bytesMax);
            if (form.endsWith(".json") || form.endsWith(".jsonl") || form.endsWith(".ndjson")) {
                JsonRows.read(text, rows);
            } else {
                CsvRows.read(text, form.endsWith(".tsv") ? '\t' : ',', rows);
            }
            return rows.table(name);
        } catch (NoSuchFileException e) {
            throw new LookupException(file, 0, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new LookupException(file, 0, "permission denied", e);
        } catch (CharacterCodingException e) {
            throw new LookupException(
                    file, 0, "the text is not " + StandardCharsets.UTF_8 + "; convert it", e);
        } catch (IOException e) {
            throw new LookupException(file, 0, "cannot be read: " + e.getMessage(), e);
        }
    }
}
