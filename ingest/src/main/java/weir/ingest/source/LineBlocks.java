// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Text in blocks that end on a line, read into one buffer that is used again. Confined to one
/// thread.
///
/// *Invariants:*
/// - a block is whole lines, each ended by a newline; one is put behind a last line without it;
/// - at least [#SLACK_BYTES] bytes of the buffer lie behind a block, so that loads of a few bytes
///   need no check;
/// - the buffer holds no more than a line of [#LINE_BYTES_MAX] and one block, whatever the text is:
///   a longer line is passed by without being kept;
/// - the bytes of the stretch are hashed in order, and no others.
public final class LineBlocks {
    /// Text of a block, about: it stays in the second cache between the steps of parsing.
    public static final int BLOCK_BYTES = 1 << 17;

    /// Longest line that is read; longer ones are reported as [Kind#LONG_LINE].
    public static final int LINE_BYTES_MAX = 1 << 20;

    private static final int STEP_BYTES_MIN = 1 << 12;

    /// Readable bytes behind a block.
    public static final int SLACK_BYTES = 64;

    /// What [#next] found.
    public enum Kind {
        /// Whole lines.
        LINES,
        /// The beginning of a line that is longer than [#LINE_BYTES_MAX].
        LONG_LINE,
        /// Nothing is left.
        END
    }

    private final TextSource source;
    private final ContentHash hash;
    private final long endOffset;

    /// Bytes of one step of reading: fewer for a small file, of which there may be very many.
    private final int stepBytes;

    private byte[] buffer;
    private int from;
    private int to;
    private int filled;

    /// Offset in the text of `buffer[0]`.
    private long bufferOffset;

    private final long hashFrom;
    private boolean isAtEnd;
    private boolean isInLongLine;
    private boolean isDone;

    private LineBlocks(
            TextSource source,
            ContentHash hash,
            long bufferOffset,
            long hashFrom,
            long endOffset,
            long sizeBytesGuess) {
        this.source = source;
        this.hash = hash;
        this.bufferOffset = bufferOffset;
        this.hashFrom = hashFrom;
        this.endOffset = endOffset;
        this.stepBytes = Math.clamp(sizeBytesGuess + 1, STEP_BYTES_MIN, BLOCK_BYTES);
        this.buffer = new byte[2 * stepBytes + SLACK_BYTES];
    }

    /// All lines of `source`, which has about `sizeBytesGuess` bytes; a wrong guess costs time or
    /// memory of a block, nothing else.
    public static LineBlocks all(TextSource source, ContentHash hash, long sizeBytesGuess) {
        return new LineBlocks(source, hash, 0, 0, Long.MAX_VALUE, sizeBytesGuess);
    }

    /// The lines that begin at offset `startOffset` or behind it and before `endOffset`. The source
    /// stands at `startOffset`, or one byte before it when that is not 0: that byte tells whether a
    /// line begins there.
    public static LineBlocks stretch(
            TextSource source, ContentHash hash, long startOffset, long endOffset)
            throws IOException {
        LineBlocks blocks =
                new LineBlocks(
                        source,
                        hash,
                        Math.max(0, startOffset - 1),
                        startOffset,
                        endOffset,
                        BLOCK_BYTES);
        if (startOffset > 0) {
            blocks.skipLine();
        }
        return blocks;
    }

    /// Passes everything up to and with the next newline, within the stretch.
    private void skipLine() throws IOException {
        while (true) {
            int newline = indexOfNewline(from, filled);
            if (newline >= 0) {
                from = newline + 1;
                isDone = bufferOffset + from >= endOffset;
                return;
            }
            if (isAtEnd || bufferOffset + filled >= endOffset) {
                isDone = true;
                return;
            }
            from = filled;
            compact();
            fill();
        }
    }

    /// Finds the next lines.
    ///
    /// @throws IOException when the source cannot be read
    public Kind next() throws IOException {
        if (isDone) {
            return Kind.END;
        }
        if (isInLongLine) {
            isInLongLine = false;
            skipLongLine();
            if (isDone) {
                return Kind.END;
            }
        } else {
            from = to == 0 ? from : to;
        }
        compact();
        while (true) {
            int firstNewline = indexOfNewline(from, filled);
            if (firstNewline < 0
                    ? filled - from > LINE_BYTES_MAX
                    : firstNewline - from > LINE_BYTES_MAX) {
                to = from + LINE_BYTES_MAX;
                isInLongLine = true;
                return Kind.LONG_LINE;
            }
            if (isAtEnd) {
                return lastLines();
            }
            if (firstNewline >= 0 && filled - from >= BLOCK_BYTES) {
                return lines(lastNewline());
            }
            if (bufferOffset + filled >= endOffset && firstNewline >= 0) {
                int last = lastNewline();
                if (bufferOffset + last >= endOffset - 1) {
                    return lines(last);
                }
            }
            fill();
        }
    }

    /// The block that ends with the newline at `last`, cut after the last line that begins within
    /// the stretch.
    private Kind lines(int last) {
        to = last + 1;
        if (bufferOffset + last >= endOffset - 1) {
            int firstEnd = (int) Math.max(from, endOffset - 1 - bufferOffset);
            to = indexOfNewline(firstEnd, last + 1) + 1;
            isDone = true;
        }
        return Kind.LINES;
    }

    private Kind lastLines() throws IOException {
        if (from == filled) {
            isDone = true;
            return Kind.END;
        }
        if (buffer[filled - 1] != '\n') {
            SourceFault fault = source.fault();
            if (fault != null && fault.kind() != SourceFault.Kind.NOTED) {
                // The line is not whole; only those before it are.
                int last = lastNewline();
                isDone = true;
                if (last < from) {
                    return Kind.END;
                }
                to = last + 1;
                return Kind.LINES;
            }
            reserve(1);
            buffer[filled++] = '\n';
        }
        Kind kind = lines(filled - 1);
        isDone = true;
        return kind;
    }

    private void skipLongLine() throws IOException {
        from = to;
        while (true) {
            int newline = indexOfNewline(from, filled);
            if (newline >= 0) {
                from = newline + 1;
                isDone = bufferOffset + from >= endOffset;
                return;
            }
            if (isAtEnd) {
                isDone = true;
                return;
            }
            from = filled;
            compact();
            fill();
        }
    }

    /// Moves what is left to the front of the buffer.
    private void compact() {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        bufferOffset += from;
        filled -= from;
        from = 0;
        to = 0;
    }

    /// Reads about a block more.
    private void fill() throws IOException {
        reserve(stepBytes);
        int wanted = filled + stepBytes;
        while (filled < wanted) {
            int count = source.read(buffer, filled, wanted - filled);
            if (count < 0) {
                isAtEnd = true;
                break;
            }
            hash(filled, filled + count);
            filled += count;
        }
    }

    private void hash(int start, int end) {
        long first = Math.max(hashFrom, bufferOffset + start);
        long last = Math.min(endOffset, bufferOffset + end);
        if (first < last) {
            hash.update(buffer, (int) (first - bufferOffset), (int) (last - bufferOffset));
        }
    }

    private void reserve(int size) {
        if (buffer.length < filled + size + SLACK_BYTES) {
            buffer = Arrays.copyOf(buffer, filled + size + SLACK_BYTES + stepBytes);
        }
    }

    private int indexOfNewline(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private int lastNewline() {
        int i = filled - 1;
        while (buffer[i] != '\n' && i > from) {
            i--;
        }
        return buffer[i] == '\n' ? i : -1;
    }

    /// The buffer; it may be another one after [#next].
    public byte[] bytes() {
        return buffer;
    }

    /// Where the lines begin in the buffer.
    public int from() {
        return from;
    }

    /// Moves the beginning of the lines by `size` bytes, which are passed by.
    public void skip(int size) {
        from += size;
    }

    /// Where the lines end in the buffer.
    public int to() {
        return to;
    }

    /// Offset of [#from] in the text.
    public long offset() {
        return bufferOffset + from;
    }

    /// Bytes of text read so far, from the beginning of the file.
    public long readBytes() {
        return bufferOffset + filled;
    }

    /// What is wrong with the text, once [#next] gave [Kind#END]; null when nothing is.
    public @Nullable SourceFault fault() {
        return source.fault();
    }
}
