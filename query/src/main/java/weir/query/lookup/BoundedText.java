// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Fails behind so many bytes, since all rows stay in memory.
final class BoundedText extends FilterInputStream {
    private final long bytesMax;
    private final Path file;
    private final String advice;
    private long bytes;

    /// @param advice what to do where there is more
    BoundedText(InputStream in, long bytesMax, Path file, String advice) {
        super(in);
        this.bytesMax = bytesMax;
        this.file = file;
        this.advice = advice;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int more) {
        bytes += more;
        if (bytes > bytesMax) {
            throw new LookupException(
                    file,
                    0,
                    "is kept in memory and has more than "
                            + bytesMax
                            + " bytes of text; "
                            + advice);
        }
    }
}
