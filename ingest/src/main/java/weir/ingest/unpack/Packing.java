// SPDX-License-Identifier: Apache-2.0
package weir.ingest.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/// The ways a text can be packed, each told by its first bytes.
public enum Packing {
    /// gzip members. Files of it, the form that is delivered, have a faster way; this one is for
    /// what lies in an archive.
    GZIP("gzip", "1f8b") {
        @Override
        InputStream stream(InputStream packed) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .get();
        }
    },
    /// Zstandard frames (RFC 8878).
    ZSTD("zstd", "28b52ffd") {
        @Override
        InputStream stream(InputStream packed) throws IOException {
            return new ZstdCompressorInputStream(packed);
        }
    },
    /// LZ4 frames.
    LZ4("lz4", "04224d18") {
        @Override
        InputStream stream(InputStream packed) throws IOException {
            return new FramedLZ4CompressorInputStream(packed, true);
        }
    },
    /// bzip2 streams.
    BZIP2("bzip2", "425a68") {
        @Override
        InputStream stream(InputStream packed) throws IOException {
            return new BZip2CompressorInputStream(packed, true);
        }
    },
    /// xz streams.
    XZ("xz", "fd377a585a00") {
        @Override
        InputStream stream(InputStream packed) throws IOException {
            return XZCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(XZ_KIB_MAX)
                    .get();
        }
    };

    /// Memory for one xz stream: what `xz -9` makes takes 65 MiB.
    private static final int XZ_KIB_MAX = 128 << 10;

    private final String word;

    /// The first bytes in hexadecimal.
    private final String magic;

    Packing(String word, String magic) {
        this.word = word;
        this.magic = magic;
    }

    /// How it is called: `gzip`, `zstd`, `lz4`, `bzip2` or `xz`.
    public String word() {
        return word;
    }

    /// The packing of what begins with `head[0, size)`.
    public static Optional<Packing> of(byte[] head, int size) {
        for (Packing packing : values()) {
            if (packing.matches(head, size)) {
                return Optional.of(packing);
            }
        }
        return Optional.empty();
    }

    private boolean matches(byte[] head, int size) {
        int wanted = magic.length() / 2;
        if (size < wanted) {
            return false;
        }
        for (int i = 0; i < wanted; i++) {
            if ((head[i] & 0xff) != HexFormat.fromHexDigits(magic, 2 * i, 2 * i + 2)) {
                return false;
            }
        }
        return true;
    }

    /// The unpacked bytes of `packed`, all of its members. The stream throws [IOException] or some
    /// [RuntimeException] where the packed bytes contradict themselves.
    ///
    /// @throws IOException when it does not begin well, or cannot be unpacked on this machine
    public InputStream open(InputStream packed) throws IOException {
        try {
            return stream(packed);
        } catch (LinkageError e) {
            throw new IOException(
                    word + " cannot be unpacked on this machine (" + e.getMessage() + ")", e);
        }
    }

    abstract InputStream stream(InputStream packed) throws IOException;
}
