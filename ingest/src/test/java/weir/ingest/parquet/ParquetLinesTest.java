// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetLinesTest {
    @TempDir Path directory;

    private byte[] file() throws IOException, SQLException {
        Path path = directory.resolve("a.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT 7 AS bytes, '-' AS action) TO '%s' (FORMAT parquet)"
                            .formatted(path));
        }
        return Files.readAllBytes(path);
    }

    @Test
    void aStreamGivesTheLinesOfItsFile() throws IOException, SQLException {
        byte[] bytes = file();
        try (ParquetLines lines =
                ParquetLines.open(new ByteArrayInputStream(bytes), bytes.length)) {
            String text = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("bytes action\n7 -\n", text);
        }
    }

    @Test
    void aStreamOfMoreBytesThanItMayHaveIsRefused() throws IOException, SQLException {
        byte[] bytes = file();
        IOException failure =
                assertThrows(
                        IOException.class,
                        () -> ParquetLines.open(new ByteArrayInputStream(bytes), 100));
        assertEquals(
                "Parquet that does not lie in a file of its own may have 100 bytes, and this has"
                        + " more: unpack it into a file",
                failure.getMessage());
    }
}
