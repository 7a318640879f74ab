// SPDX-License-Identifier: Apache-2.0
package weir.ingest.unpack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// The files of a zip archive as one text: each begins on a line of its own.
///
/// *Invariant:* an entry that cannot be read ends the text with an exception that names it; none is
/// passed by but directories and empty files.
final class ZipTexts extends InputStream {
    private final InputStream packed;
    private final ZipArchiveInputStream archive;
    private @Nullable ZipArchiveEntry entry;
    private boolean isEnded;
    private int last = '\n';

    ZipTexts(InputStream packed) {
        this.packed = packed;
        this.archive = new ZipArchiveInputStream(packed, "UTF-8", true, true);
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
        while (!isEnded) {
            if (entry == null) {
                entry = nextEntry();
                continue;
            }
            int count = archive.read(to, from, size);
            if (count > 0) {
                last = to[from + count - 1];
                return count;
            }
            entry = null;
            if (last != '\n') {
                last = '\n';
                to[from] = '\n';
                return 1;
            }
        }
        return -1;
    }

    private @Nullable ZipArchiveEntry nextEntry() throws IOException {
        ZipArchiveEntry next = archive.getNextEntry();
        while (next != null && next.isDirectory()) {
            next = archive.getNextEntry();
        }
        if (next == null) {
            isEnded = true;
            if (archive.getBytesRead() == 0) {
                throw new EOFException("the zip archive ends within its first entry");
            }
        } else if (!archive.canReadEntryData(next)) {
            throw new IOException(
                    "entry "
                            + next.getName()
                            + " of the zip archive is encrypted or packed in a way that is not"
                            + " read");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        archive.close();
        packed.close();
    }
}
