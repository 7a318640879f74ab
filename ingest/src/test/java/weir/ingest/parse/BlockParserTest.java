// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.segment.RowMemory;
import weir.ingest.record.FlowFormat;
import weir.testkit.Seeds;

class BlockParserTest {
    private static final List<FlowFormat> FORMATS =
            List.of(
                    FlowFormat.parse("interface-id vpc-id"),
                    FlowFormat.parse("interface-id"),
                    FlowFormat.parse("instance-tag bytes"),
                    FlowFormat.parse("bytes interface-id srcaddr"),
                    FlowFormat.parse("srcaddr action log-status"),
                    FlowFormat.parse("brand-new type region"),
                    FlowFormat.parse("interface-id bytes").stamped());

    private static final List<String> TOKENS =
            List.of(
                    "-",
                    "eni-1",
                    "#",
                    "#eni",
                    "\uFEFF",
                    "\uFEFFeni",
                    "\uFEFF#",
                    "0",
                    "7",
                    "007",
                    "65536",
                    "123456789012345678",
                    "10.0.0.1",
                    "::1",
                    "10.0.0.256",
                    "ACCEPT",
                    "NODATA",
                    "type",
                    "TYPE",
                    "bytes",
                    "vpc-id",
                    "vpc_id",
                    "interface-id",
                    "region",
                    "brand-new",
                    "end",
                    "ü",
                    "a\tb",
                    "\t",
                    "a\rb",
                    "\r",
                    "",
                    "\u0001",
                    "\u0085",
                    "2026-11-01T00:00:00Z",
                    "a-text-of-more-than-twenty-four-bytes");

    /// The lines of a block, each as the slow path alone reads it: what it is, and why not.
    private static List<String> slowly(byte[] text, FlowFormat first) {
        List<String> read = new ArrayList<>();
        LineParser parser = new LineParser();
        FlowFormat format = first;
        int size = text.length - BlockParser.SLACK_BYTES;
        int line = 0;
        int records = 0;
        for (int at = 0; at < size; ) {
            int end = at;
            while (text[end] != '\n') {
                end++;
            }
            line++;
            switch (parser.parse(text, at, end, format)) {
                case RECORD -> records++;
                case SKIPPED, NEW_TEXT -> {}
                case HEADER -> {
                    if (!parser.header().equals(format)) {
                        format = parser.header();
                        read.add("line " + line + " behind " + records + " is " + format);
                    }
                }
                case REJECTED -> {
                    read.add("line " + line + " at " + at + ": " + parser.reason(text));
                    if (parser.isRefusedHeader()) {
                        return read;
                    }
                }
            }
            at = end + 1;
        }
        read.add(records + " records in " + line + " lines");
        return read;
    }

    /// The same by blocks.
    private static List<String> quickly(byte[] text, FlowFormat first) {
        List<String> read = new ArrayList<>();
        RejectedLines rejected = new RejectedLines(Integer.MAX_VALUE);
        FlowRows rows = new FlowRows(1 << 20, 100, 1 << 20, new RowMemory());
        rows.startFile("a");
        BlockParser parser = new BlockParser(first, rejected, rows);
        int size = text.length - BlockParser.SLACK_BYTES;
        int shown = 0;
        int at = 0;
        while (at < size && parser.refusal() == null) {
            at = parser.parse(text, at, size, at);
            for (RejectedLine line : rejected.kept().subList(shown, rejected.kept().size())) {
                read.add(
                        "line %d at %d: %s"
                                .formatted(line.line(), line.offsetBytes(), line.reason()));
            }
            shown = rejected.kept().size();
            FlowFormat next = parser.nextFormat();
            if (next != null) {
                read.add("line " + parser.lines() + " behind " + parser.records() + " is " + next);
                parser.follow();
            }
            if (rows.isFull()) {
                rows = new FlowRows(1 << 20, 100, 1 << 20, new RowMemory());
                rows.startFile("a");
                parser.continueIn(rows);
            }
        }
        if (parser.refusal() == null) {
            read.add(parser.records() + " records in " + parser.lines() + " lines");
        }
        return read;
    }

    private static byte[] padded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + BlockParser.SLACK_BYTES);
    }

    private static void assertAlike(String text, FlowFormat format) {
        byte[] bytes = padded(text);
        assertEquals(slowly(bytes, format), quickly(bytes, format), text);
    }

    private static String token(Random random) {
        return TOKENS.get(random.nextInt(TOKENS.size()));
    }

    /// A line that is mostly good: what is tried is one odd thing among good lines.
    private static String line(FlowFormat format, Random random) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < format.size(); i++) {
            tokens.add(
                    random.nextInt(5) == 0
                            ? token(random)
                            : switch (format.field(i).kind()) {
                                case STAMP -> "2026-11-01T00:00:00.000Z";
                                case ADDRESS -> "10.0.0." + random.nextInt(256);
                                case ACTION -> "REJECT";
                                case LOG_STATUS -> "OK";
                                case TEXT -> "t" + random.nextInt(20);
                                default -> String.valueOf(random.nextInt(256));
                            });
        }
        if (random.nextInt(20) == 0) {
            tokens.add(token(random));
        }
        String line = String.join(" ", tokens);
        return switch (random.nextInt(30)) {
            case 0 -> line.replaceFirst(" ", "  ");
            case 1 -> " " + line;
            case 2 -> line + " ";
            case 3 -> "#" + line;
            case 4 -> "";
            case 5 -> FORMATS.get(random.nextInt(5)).toString();
            case 6 -> line + "\r";
            case 7 -> line.replace(' ', '\t');
            case 8 -> "\uFEFF" + line;
            default -> line;
        };
    }

    @Test
    void blocksAndSingleLinesAreJudgedAlike() {
        Random random = new Random(Seeds.next("BlockParserTest"));
        for (int round = 0; round < 3_000; round++) {
            FlowFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
            StringBuilder text = new StringBuilder();
            int lines = 1 + random.nextInt(round % 50 == 0 ? 2_000 : 40);
            for (int i = 0; i < lines; i++) {
                text.append(line(format, random)).append('\n');
            }
            assertAlike(text.toString(), format);
        }
    }

    @Test
    void aCommentIsACommentBeforeATextField() {
        String text = "eni-1 5\n#eni-2 5\n#eni-3  5\n\uFEFFeni-4 5\n";
        FlowFormat format = FlowFormat.parse("interface-id bytes");
        assertAlike(text, format);
        assertEquals(List.of("2 records in 4 lines"), quickly(padded(text), format));
    }

    @Test
    void aTextOfHeadersIsReadInLinearTime() {
        byte[] bytes = padded("bytes\nversion\n".repeat(200_000));
        int changes = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> formatChanges(bytes));
        assertEquals(399_999, changes);
    }

    private static int formatChanges(byte[] bytes) {
        FlowRows rows = new FlowRows(1 << 20, 100, 96L << 20, new RowMemory());
        rows.startFile("a");
        BlockParser parser = new BlockParser(FlowFormat.parse("bytes"), new RejectedLines(1), rows);
        int size = bytes.length - BlockParser.SLACK_BYTES;
        int changes = 0;
        int at = 0;
        while (at < size) {
            at = parser.parse(bytes, at, size, at);
            if (parser.nextFormat() != null) {
                changes++;
                parser.follow();
            }
        }
        return changes;
    }
}
