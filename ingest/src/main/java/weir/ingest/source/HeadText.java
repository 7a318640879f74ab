// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Another source of which the first bytes were looked at.
final class HeadText implements TextSource {
    private final TextSource source;
    private final byte[] head = new byte[RawBytes.HEAD_BYTES];
    private int headSize;
    private int headAt;

    private HeadText(TextSource source) {
        this.source = source;
    }

    /// `source` with a look at its first bytes.
    ///
    /// @throws IOException when they cannot be read; the source is closed then
    static HeadText of(TextSource source) throws IOException {
        HeadText text = new HeadText(source);
        try {
            text.fill();
            return text;
        } catch (IOException | RuntimeException e) {
            try (source) {
                throw e;
            }
        }
    }

    private void fill() throws IOException {
        while (headSize < head.length) {
            int count = source.read(head, headSize, head.length - headSize);
            if (count < 0) {
                break;
            }
            headSize += count;
        }
    }

    /// The form that the first bytes tell.
    Form guess() {
        return Form.of(head, headSize);
    }

    /// What was looked at.
    TextSource source() {
        return source;
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        if (headAt == headSize) {
            return source.read(to, from, size);
        }
        int count = Math.min(size, headSize - headAt);
        System.arraycopy(head, headAt, to, from, count);
        headAt += count;
        return count;
    }

    @Override
    public String form() {
        return source.form();
    }

    @Override
    public long consumedBytes() {
        return source.consumedBytes();
    }

    @Override
    public @Nullable SourceFault fault() {
        return source.fault();
    }

    @Override
    public @Nullable String packedHash() {
        return source.packedHash();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
