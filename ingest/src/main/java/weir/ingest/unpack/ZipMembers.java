// SPDX-License-Identifier: Apache-2.0
package weir.ingest.unpack;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/// The files of a zip archive, one after the other, as one stream gives them. Confined to one
/// thread.
///
/// *Invariant:* none is passed by but directories; one that cannot be read is an exception that
/// names it.
public final class ZipMembers implements AutoCloseable {
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private final ZipArchiveInputStream archive;
    private String name = "";

    /// The files in `packed`, which is closed with this.
    public ZipMembers(InputStream packed) {
        this.archive = new ZipArchiveInputStream(packed, "UTF-8", true, true);
    }

    /// Whether what begins with `head[0, size)` is an archive.
    public static boolean isZip(byte[] head, int size) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= size || head[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /// Goes on to the next file.
    ///
    /// @return false when there is none
    /// @throws IOException when the archive is broken, or the file encrypted or packed in a way
    ///   that is not read
    public boolean next() throws IOException {
        ZipArchiveEntry next = archive.getNextEntry();
        while (next != null && next.isDirectory()) {
            next = archive.getNextEntry();
        }
        if (next == null) {
            if (archive.getBytesRead() == 0) {
                throw new EOFException("the zip archive ends within its first entry");
            }
            return false;
        }
        name = next.getName();
        if (!archive.canReadEntryData(next)) {
            throw new IOException(
                    "entry "
                            + name
                            + " of the zip archive is encrypted or packed in a way that is not"
                            + " read");
        }
        return true;
    }

    /// The name of the current file.
    public String name() {
        return name;
    }

    /// The bytes of the current file, up to its end; closing them does nothing.
    public InputStream bytes() {
        return new FilterInputStream(archive) {
            @Override
            public void close() {
                // The files behind this one are in the same stream.
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
