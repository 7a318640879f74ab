// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import weir.testkit.record.LogFormat;

/// Logs that nobody delivers but who wants to do harm, or whose delivery is broken: each is a file
/// of default-format records with a header, of as many lines as asked for or of about as many
/// bytes, and says what has to come of it.
public enum HostileContent {
    /// Both addresses of each record are in no other one; every second one is of IPv6.
    UNIQUE_ADDRESSES,

    /// The interface and the account of each record are in no other one.
    UNIQUE_TEXTS,

    /// No line is a record: none has an address where the first one should be.
    EVERY_LINE_BAD,

    /// No line is a record: each has a zero byte, and one in a hundred nothing else.
    NUL_BYTES,

    /// Lines of ten million bytes, and a record behind each.
    LONG_LINES,

    /// Of three lines one has the least value in every field, one the greatest, and one a value
    /// just beyond it.
    LIMITS,

    /// A record, then a line without end, packed by gzip a thousandfold and more: more than that is
    /// not read further.
    GZIP_BOMB,

    /// The same packed less than a thousandfold, so that it is read to its end.
    GZIP_DENSE;

    private static final int LONG_LINE_BYTES = 10_000_000;
    private static final int BUFFER_BYTES = 1 << 16;

    /// Bytes that a gzip file unpacks to for each line that was asked for.
    private static final int PACKED_LINE_BYTES = 1_000;

    /// Bytes of a line of records, about.
    private static final int LINE_BYTES = 112;

    /// 0x9E3779B1 is odd: its multiples by different 32-bit numbers differ.
    private static final int SPREAD = 0x9E3779B1;

    /// What a reader has to find.
    ///
    /// @param records lines that are records
    /// @param rejectedLines lines that are none, the header left out
    public record Expected(long records, long rejectedLines) {}

    /// The content that is called so on command lines.
    ///
    /// @throws IllegalArgumentException when there is none
    public static HostileContent of(String word) {
        return Stream.of(values())
                .filter(content -> content.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a hostile content is one of %s, not '%s'"
                                        .formatted(
                                                Stream.of(values())
                                                        .map(HostileContent::word)
                                                        .toList(),
                                                word)));
    }

    /// What it is called on command lines: `every-line-bad`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the file is packed by gzip.
    public boolean isPacked() {
        return this == GZIP_BOMB || this == GZIP_DENSE;
    }

    /// Writes a file of `lines` lines, or of about as many bytes where lines are long or packed; an
    /// existing one is replaced.
    ///
    /// @throws IOException when the file can not be written
    public Expected write(Path file, long lines) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            if (!isPacked()) {
                put(out, LogFormat.V2.headerLine() + "\n");
            }
            return switch (this) {
                case LONG_LINES -> writeLongLines(out, lines);
                case GZIP_BOMB, GZIP_DENSE -> writePacked(out, lines * PACKED_LINE_BYTES);
                case LIMITS -> {
                    writeLines(out, lines);
                    yield new Expected(lines - lines / 3, lines / 3);
                }
                case EVERY_LINE_BAD, NUL_BYTES -> {
                    writeLines(out, lines);
                    yield new Expected(0, lines);
                }
                case UNIQUE_ADDRESSES, UNIQUE_TEXTS -> {
                    writeLines(out, lines);
                    yield new Expected(lines, 0);
                }
            };
        }
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void writeLines(OutputStream out, long lines) throws IOException {
        for (long i = 0; i < lines; i++) {
            put(out, line(i));
            out.write('\n');
        }
    }

    private String line(long number) {
        return switch (this) {
            case UNIQUE_ADDRESSES -> {
                String v4 = v4((int) number * SPREAD);
                String v6 = "2001:db8::" + v6Half(SeededRandom.mix(number));
                yield number % 2 == 0
                        ? record("123456789010", "eni-1", v4, v6)
                        : record("123456789010", "eni-1", v6, v4);
            }
            case UNIQUE_TEXTS -> {
                String hex = HexFormat.of().toHexDigits(SeededRandom.mix(number));
                yield record(Long.toString(number), "eni-" + hex, "10.0.0.1", "10.0.0.2");
            }
            case NUL_BYTES ->
                    number % 100 == 99
                            ? "\0".repeat(LINE_BYTES)
                            : record("123456789010", "eni-\0" + number, "10.0.0.1", "10.0.0.2");
            case LIMITS -> limits(number);
            default -> record("123456789010", "eni-1", "nowhere-" + number, "10.0.0.2");
        };
    }

    private static String v4(int bits) {
        return "%d.%d.%d.%d"
                .formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
    }

    /// Four groups, of which the first is not 0.
    private static String v6Half(long bits) {
        HexFormat hex = HexFormat.of();
        return "1%s:%s:%s:%s"
                .formatted(
                        hex.toHexDigits((short) (bits >>> 48)).substring(1),
                        hex.toHexDigits((short) (bits >>> 32)),
                        hex.toHexDigits((short) (bits >>> 16)),
                        hex.toHexDigits((short) bits));
    }

    private static String record(String account, String eni, String source, String target) {
        return "2 %s %s %s %s 443 50000 6 10 4840 1793491200 1793491260 ACCEPT OK"
                .formatted(account, eni, source, target);
    }

    private static String limits(long number) {
        String longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
        String text = "x".repeat(1 + (int) (number % 300));
        return switch ((int) (number % 3)) {
            case 0 -> "2 0 " + text + " 0.0.0.0 :: 0 0 0 0 0 0 0 REJECT NODATA";
            case 1 ->
                    ("255 %1$s %1$s %2$s 255.255.255.255 65535 65535 255 %3$d %3$d %4$d %4$d"
                                    + " ACCEPT SKIPDATA")
                            .formatted(text, longest, Long.MAX_VALUE, 1L << 40);
            default ->
                    "2 0 %s 10.0.0.1 10.0.0.2 %s 1 6 1 %s 1 1 ACCEPT OK"
                            .formatted(
                                    text,
                                    number % 2 == 0 ? "65536" : "1",
                                    number % 2 == 0 ? "1" : "9223372036854775808");
        };
    }

    private static Expected writeLongLines(OutputStream out, long lines) throws IOException {
        long count = Math.max(1, lines * LINE_BYTES / LONG_LINE_BYTES);
        byte[] line = new byte[LONG_LINE_BYTES];
        Arrays.fill(line, (byte) 'x');
        line[LONG_LINE_BYTES - 1] = '\n';
        for (long i = 0; i < count; i++) {
            out.write(line);
            put(out, record("123456789010", "eni-1", "10.0.0.1", "10.0.0.2") + "\n");
        }
        return new Expected(count, count);
    }

    private Expected writePacked(OutputStream out, long bytes) throws IOException {
        try (GZIPOutputStream packed = new BestPacked(out)) {
            put(packed, LogFormat.V2.headerLine() + "\n");
            put(packed, record("123456789010", "eni-1", "10.0.0.1", "10.0.0.2") + "\n");
            byte[] piece = new byte[BUFFER_BYTES];
            Arrays.fill(piece, (byte) 'x');
            for (long i = 0; i < bytes / BUFFER_BYTES; i++) {
                if (this == GZIP_DENSE) {
                    // Some bytes that do not repeat cost more than all that do.
                    put(packed, HexFormat.of().toHexDigits(SeededRandom.mix(i)));
                    put(packed, HexFormat.of().toHexDigits(SeededRandom.mix(~i)));
                }
                packed.write(piece);
            }
        }
        return new Expected(1, 1);
    }

    private static final class BestPacked extends GZIPOutputStream {
        BestPacked(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
