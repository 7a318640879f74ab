// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Text that is not packed.
final class PlainText implements TextSource {
    private final RawBytes raw;

    PlainText(RawBytes raw) {
        this.raw = raw;
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        return raw.read(to, from, size);
    }

    @Override
    public String form() {
        return "text";
    }

    @Override
    public long consumedBytes() {
        return raw.consumedBytes();
    }

    @Override
    public @Nullable SourceFault fault() {
        return null;
    }

    @Override
    public @Nullable String packedHash() {
        return null;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
