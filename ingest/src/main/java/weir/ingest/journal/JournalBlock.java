// SPDX-License-Identifier: Apache-2.0
package weir.ingest.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Lines of a stream as one message of a journal, and what is needed to read them alone.
///
/// ```text
///  0  magic     4  "WJB" 1
///  4  checksum  4  CRC32C of everything behind it
///  8  kind      4  0 whole lines, 1 the beginning of a line that is longer than lines may be
/// 12  line      8  lines of the stream before these
/// 20  offset    8  bytes of the stream before these
/// 28  name      4  bytes of the name of the stream, UTF-8
/// 32  format    4  bytes of the names of the fields of the first line, UTF-8
///     both, then the text to the end of the message
/// ```
///
/// @param isLongLine whether this is only the beginning of a line
/// @param line lines of the stream before these
/// @param offsetBytes bytes of the stream before these
/// @param name what the stream is called
/// @param format names of the fields of the first line
/// @param bytes holds the lines, each ended by a newline
/// @param from index of the first byte of the lines
/// @param to index behind the last one
public record JournalBlock(
        boolean isLongLine,
        long line,
        long offsetBytes,
        String name,
        String format,
        byte[] bytes,
        int from,
        int to) {
    private static final int MAGIC = 0x0142_4a57;
    private static final int CHECKED_FROM = 8;
    private static final int HEAD_BYTES = 36;

    /// What stands before the lines in the message.
    byte[] head() {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] formatBytes = format.getBytes(StandardCharsets.UTF_8);
        byte[] head = new byte[HEAD_BYTES + nameBytes.length + formatBytes.length];
        ByteBuffer fields = littleEndian(head);
        fields.putInt(0, MAGIC)
                .putInt(8, isLongLine ? 1 : 0)
                .putLong(12, line)
                .putLong(20, offsetBytes)
                .putInt(28, nameBytes.length)
                .putInt(32, formatBytes.length)
                .put(HEAD_BYTES, nameBytes)
                .put(HEAD_BYTES + nameBytes.length, formatBytes);
        CRC32C checksum = new CRC32C();
        checksum.update(head, CHECKED_FROM, head.length - CHECKED_FROM);
        checksum.update(bytes, from, to - from);
        fields.putInt(4, (int) checksum.getValue());
        return head;
    }

    /// The block that `message` is; null when it is none, or damaged.
    static @Nullable JournalBlock read(byte[] message) {
        if (message.length < HEAD_BYTES) {
            return null;
        }
        ByteBuffer head = littleEndian(message);
        CRC32C checksum = new CRC32C();
        checksum.update(message, CHECKED_FROM, message.length - CHECKED_FROM);
        if (head.getInt(0) != MAGIC || head.getInt(4) != (int) checksum.getValue()) {
            return null;
        }
        int nameBytes = head.getInt(28);
        int formatBytes = head.getInt(32);
        int format = HEAD_BYTES + nameBytes;
        int text = format + formatBytes;
        return new JournalBlock(
                head.getInt(8) != 0,
                head.getLong(12),
                head.getLong(20),
                new String(message, HEAD_BYTES, nameBytes, StandardCharsets.UTF_8),
                new String(message, format, formatBytes, StandardCharsets.UTF_8),
                message,
                text,
                message.length);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
