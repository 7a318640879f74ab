// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.testkit.Seeds;

class LineBlocksTest {
    @TempDir Path directory;

    private InputFile file(String text) throws IOException {
        Path path = Files.writeString(directory.resolve("text"), text, StandardCharsets.UTF_8);
        return new InputFile(path.toString(), path, Files.size(path), 0);
    }

    /// What the blocks hold: lines, and `LONG` for a long one, each with its offset.
    private static List<String> lines(LineBlocks blocks) throws IOException {
        List<String> lines = new ArrayList<>();
        LineBlocks.Kind kind = blocks.next();
        while (kind != LineBlocks.Kind.END) {
            assertTrue(blocks.bytes().length - blocks.to() >= LineBlocks.SLACK_BYTES);
            if (kind == LineBlocks.Kind.LONG_LINE) {
                lines.add(blocks.offset() + " LONG");
            } else {
                long offset = blocks.offset();
                int at = blocks.from();
                for (int i = at; i < blocks.to(); i++) {
                    if (blocks.bytes()[i] == '\n') {
                        lines.add(
                                offset
                                        + " "
                                        + new String(
                                                blocks.bytes(),
                                                at,
                                                i - at,
                                                StandardCharsets.UTF_8));
                        offset += i + 1 - at;
                        at = i + 1;
                    }
                }
                assertEquals(at, blocks.to(), "a block ends on a line");
            }
            kind = blocks.next();
        }
        return lines;
    }

    private static List<String> naive(String text) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            lines.add(
                    at
                            + (end - at > LineBlocks.LINE_BYTES_MAX
                                    ? " LONG"
                                    : " " + text.substring(at, end)));
            at = end + 1;
        }
        return lines;
    }

    private static String hash(String text) {
        ContentHash hash = new ContentHash();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update(bytes, 0, bytes.length);
        return hash.pieces().toHex();
    }

    private void check(String text) throws IOException {
        InputFile file = file(text);
        for (long guess : new long[] {0, 1, text.length(), 1L << 40}) {
            ContentHash hash = new ContentHash();
            try (TextSource source = TextSources.open(file)) {
                assertEquals(naive(text), lines(LineBlocks.all(source, hash, guess)));
            }
            assertEquals(hash(text), hash.pieces().toHex());
        }
    }

    @Test
    void linesOfAnyLengthComeWholeWithTheirOffsets() throws IOException {
        check("");
        check("a");
        check("\n");
        check("a\n\nb");
        check("x".repeat(LineBlocks.BLOCK_BYTES - 1) + "\n" + "y".repeat(LineBlocks.BLOCK_BYTES));
        check("x".repeat(LineBlocks.LINE_BYTES_MAX) + "\nb\n");
        check("x".repeat(LineBlocks.LINE_BYTES_MAX + 1) + "\nb\n");
        check("a\n" + "x".repeat(10_000_000) + "\nb\n");
        check("a\n" + "x".repeat(3_000_000));
    }

    @Test
    void stretchesShareOutTheLines() throws IOException {
        Random random = new Random(Seeds.next(getClass().getSimpleName()));
        StringBuilder text = new StringBuilder();
        while (text.length() < 3 * ContentHash.PIECE_BYTES) {
            int size = random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(200);
            text.append("z".repeat(size)).append('\n');
        }
        checkStretches(text.toString());
        checkStretches(
                "a".repeat(ContentHash.PIECE_BYTES - 1)
                        + "\nb\n"
                        + "c".repeat(ContentHash.PIECE_BYTES)
                        + "\nd");
        checkStretches("a\n" + "b".repeat(4 * ContentHash.PIECE_BYTES + 5) + "\nc\n");
    }

    private void checkStretches(String text) throws IOException {
        InputFile file = file(text);
        List<String> lines = new ArrayList<>();
        List<ContentHash.Pieces> pieces = new ArrayList<>();
        for (long start = 0; start < file.sizeBytes(); start += ContentHash.PIECE_BYTES) {
            long end = Math.min(file.sizeBytes(), start + ContentHash.PIECE_BYTES);
            ContentHash hash = new ContentHash();
            try (TextSource source = TextSources.openPlain(file, Math.max(0, start - 1))) {
                lines.addAll(lines(LineBlocks.stretch(source, hash, start, end)));
            }
            pieces.add(hash.pieces());
        }
        assertEquals(naive(text), lines);
        assertEquals(hash(text), ContentHash.toHex(pieces));
    }
}
