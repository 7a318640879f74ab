// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A source as the stream that libraries read, hashed on its way. It does not close the source.
final class SourceStream extends InputStream {
    private final TextSource source;
    private final Runnable checkpoint;
    private final ContentHash hash = new ContentHash();
    private @Nullable RuntimeException stop;
    private @Nullable IOException failure;
    private boolean isEnded;

    SourceStream(TextSource source, Runnable checkpoint) {
        this.source = source;
        this.checkpoint = checkpoint;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        if (size == 0) {
            return 0;
        }
        try {
            checkpoint.run();
            int count = source.read(to, from, size);
            isEnded = count < 0;
            hash.update(to, from, from + Math.max(0, count));
            return count;
        } catch (RuntimeException e) {
            stop = e;
            throw e;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Whether everything was read.
    boolean isEnded() {
        return isEnded;
    }

    /// Throws again what reading the source threw, which a library may have taken for its own.
    void throwFailure() throws IOException {
        if (stop != null) {
            throw stop;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// The hash of what was read.
    String hash() {
        return hash.pieces().toHex();
    }
}
