// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Names, folders and bytes of delivered files. Stateless.
final class BucketFiles {

    /// AWS publishes every five minutes.
    static final int PERIOD_SECONDS = 300;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'", Locale.ROOT);

    private BucketFiles() {}

    /// The path of a file below the bucket.
    ///
    /// @param periodStart epoch second of the five minutes its records end in
    /// @param hash the eight hex digits that tell files of one period apart
    static Path path(
            Subscription by, BucketLayout layout, long periodStart, int hash, boolean gzip) {
        LocalDateTime time =
                LocalDateTime.ofInstant(Instant.ofEpochSecond(periodStart), ZoneOffset.UTC);
        String name =
                by.account()
                        + "_vpcflowlogs_"
                        + by.region()
                        + "_"
                        + by.flowLogId()
                        + "_"
                        + STAMP.format(time)
                        + "_"
                        + String.format(Locale.ROOT, "%08x", hash)
                        + (gzip ? ".log.gz" : ".log");
        return Path.of(folder(by, layout, time), name);
    }

    private static String folder(Subscription by, BucketLayout layout, LocalDateTime time) {
        String plain = "AWSLogs/" + by.account() + "/vpcflowlogs/" + by.region();
        String hive =
                "AWSLogs/aws-account-id="
                        + by.account()
                        + "/aws-service=vpcflowlogs/aws-region="
                        + by.region();
        return switch (layout) {
            case DAILY -> plain + date(time, "/%04d/%02d/%02d");
            case HOURLY -> plain + date(time, "/%04d/%02d/%02d/%02d");
            case HIVE_DAILY -> hive + date(time, "/year=%04d/month=%02d/day=%02d");
            case HIVE_HOURLY -> hive + date(time, "/year=%04d/month=%02d/day=%02d/hour=%02d");
        };
    }

    @SuppressWarnings("AnnotateFormatMethod") // the formats above are the only ones
    private static String date(LocalDateTime time, String format) {
        return String.format(
                Locale.ROOT,
                format,
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour());
    }

    /// Writes a file and its folders; gives the bytes written.
    static long write(Path file, byte[] text, boolean gzip) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] content = gzip ? gzip(text) : text;
        Files.write(file, content);
        return content.length;
    }

    /// One gzip member without time stamp or name, so that the same text gives the same bytes.
    static byte[] gzip(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length / 3 + 64);
        try (OutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a write", e);
        }
        return out.toByteArray();
    }

    static byte[] headerLine(String header) {
        return (header + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
