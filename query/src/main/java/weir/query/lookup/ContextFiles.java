// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;

/// Files of context as tables: the outputs of `aws ec2 describe-subnets` and others, AWS's
/// `ip-ranges.json`, and CSV of subnets, known by what is in them. Packed by gzip or not.
public final class ContextFiles {
    /// Most bytes of text of a file.
    private static final long BYTES_MAX = 256L << 20;

    /// Most rows of all files together.
    private static final int ROWS_MAX = 4_000_000;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int PEEK_BYTES = 4096;

    private static final String KNOWN =
            "expected the output of aws ec2 describe-network-interfaces, describe-subnets,"
                    + " describe-vpcs, describe-security-groups, describe-vpc-endpoints or"
                    + " describe-vpc-peering-connections, AWS's ip-ranges.json, or CSV with a"
                    + " column cidr";

    private final Map<ContextTable, List<@Nullable Object[]>> rows =
            new EnumMap<>(ContextTable.class);
    private int rowCount;

    private ContextFiles() {}

    /// The tables that `files` hold. Files of one kind are one table.
    ///
    /// @throws LookupException when a file cannot be read, is of no known kind or is damaged,
    ///   naming the file and, where there is one, the line
    public static List<Table> read(List<Path> files) {
        ContextFiles tables = new ContextFiles();
        files.forEach(tables::read);
        List<Table> read = new ArrayList<>();
        for (ContextTable table : ContextTable.values()) {
            List<@Nullable Object[]> values = tables.rows.get(table);
            if (values != null) {
                read.add(table.of(values));
            }
        }
        return read;
    }

    private void read(Path file) {
        if (Files.isDirectory(file)) {
            throw new LookupException(file, 0, "is a folder; name the files in it");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), PEEK_BYTES)) {
            InputStream unpacked = isGzip(raw) ? new GZIPInputStream(raw) : raw;
            BufferedInputStream text =
                    new BufferedInputStream(
                            new BoundedText(unpacked, BYTES_MAX, file, "add its parts one by one"),
                            PEEK_BYTES);
            int first = firstLetter(text);
            if (first < 0) {
                throw new LookupException(file, 0, "is empty; " + KNOWN);
            } else if (first == '[') {
                throw new LookupException(
                        file,
                        0,
                        "is a JSON array; what is wanted is all that the command prints, without"
                                + " --query; "
                                + KNOWN);
            } else if (first == '{') {
                readJson(text, file);
            } else {
                readCsv(text, file);
            }
        } catch (NoSuchFileException e) {
            throw new LookupException(file, 0, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new LookupException(file, 0, "permission denied", e);
        } catch (CharacterCodingException e) {
            throw new LookupException(
                    file, 0, "the text is not " + StandardCharsets.UTF_8 + "; " + KNOWN, e);
        } catch (IOException e) {
            throw new LookupException(file, 0, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isGzip(InputStream raw) throws IOException {
        raw.mark(2);
        int magic = raw.read() << 8 | raw.read();
        raw.reset();
        return magic == GZIP_MAGIC;
    }

    /// The first letter that is no blank, with `text` still at its beginning; -1 when there is none
    /// near.
    private static int firstLetter(BufferedInputStream text) throws IOException {
        text.mark(PEEK_BYTES);
        int letter = -1;
        for (int i = 0; i < PEEK_BYTES; i++) {
            letter = text.read();
            boolean isSkipped = letter == 0xef || letter == 0xbb || letter == 0xbf;
            if (letter < 0 || (letter > ' ' && !isSkipped)) {
                break;
            }
        }
        text.reset();
        return letter;
    }

    private void readJson(InputStream text, Path file) throws IOException {
        Set<String> names =
                JsonElements.read(
                        text,
                        file,
                        (array, element) -> {
                            ContextTable table = AwsRows.ARRAYS.get(array);
                            if (table != null) {
                                add(table, AwsRows.of(table, element), file);
                            }
                        });
        List<ContextTable> tables =
                names.stream()
                        .filter(AwsRows.ARRAYS::containsKey)
                        .map(AwsRows.ARRAYS::get)
                        .toList();
        if (tables.isEmpty()) {
            throw new LookupException(
                    file,
                    0,
                    "is JSON with "
                            + (names.isEmpty() ? "nothing in it" : String.join(", ", names))
                            + "; "
                            + KNOWN);
        }
        tables.forEach(table -> add(table, List.of(), file));
    }

    private void readCsv(InputStream text, Path file) throws IOException {
        LookupRows values = new LookupRows(file, BYTES_MAX);
        CsvRows.read(text, ',', values);
        if (!SubnetRows.isHeader(values.names())) {
            throw new LookupException(
                    file,
                    1,
                    "is no JSON, and as CSV its columns are "
                            + shortened(String.join(", ", values.names()))
                            + "; "
                            + KNOWN);
        }
        add(ContextTable.SUBNETS, SubnetRows.of(file, values.names(), values.rows()), file);
    }

    private static String shortened(String names) {
        return names.length() <= 100 ? names : names.substring(0, 100) + "...";
    }

    private void add(ContextTable table, List<@Nullable Object[]> more, Path file) {
        rows.computeIfAbsent(table, _ -> new ArrayList<>()).addAll(more);
        rowCount += more.size();
        if (rowCount > ROWS_MAX) {
            throw new LookupException(file, 0, "has more than " + ROWS_MAX + " rows of context");
        }
    }
}
