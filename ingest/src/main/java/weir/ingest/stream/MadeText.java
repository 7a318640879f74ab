// SPDX-License-Identifier: Apache-2.0
package weir.ingest.stream;

import java.io.IOException;
import java.io.InputStream;

/// Text that is made piece by piece as it is read. Confined to one thread.
public abstract class MadeText extends InputStream {
    private byte[] piece = new byte[0];
    private int at;
    private int end;

    /// For those who make some.
    protected MadeText() {}

    /// Makes more text and hands it to [#give]; it may also find that there is none yet. Asked once
    /// more for every read behind the end.
    ///
    /// @return false at the end
    /// @throws IOException when what it is made of is broken
    protected abstract boolean next() throws IOException;

    /// Takes the first `count` bytes of `bytes`, which stay as they are until [#next] is asked.
    protected final void give(byte[] bytes, int count) {
        give(bytes, 0, count);
    }

    /// The same of `bytes[from, to)`.
    protected final void give(byte[] bytes, int from, int to) {
        piece = bytes;
        at = from;
        end = to;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] to, int from, int size) throws IOException {
        while (at == end) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(size, end - at);
        System.arraycopy(piece, at, to, from, count);
        at += count;
        return count;
    }
}
