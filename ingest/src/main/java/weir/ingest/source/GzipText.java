// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import weir.ingest.inflate.Decoders;
import weir.ingest.inflate.DeflateDecoder;

/// The text of a gzip file, all members of it, each checked against its CRC and size (RFC 1952).
///
/// *Invariants:* no more than one piece of packed bytes is held, whatever they unpack to; text is
/// handed on before the checksum behind it was seen, and a wrong one then shows as [#fault].
final class GzipText implements TextSource {
    private static final int PACKED_BYTES_MIN = 1 << 16;

    /// Text up to which it does not matter how small it was packed.
    private static final long TRUSTED_BYTES = 64L << 20;

    /// More text than this for each packed byte is made to fill memories and disks; what deflate
    /// can do is 1,032.
    private static final long RATIO_MAX = 1_000;

    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final RawBytes raw;
    private final Decoders decoders;
    private final DeflateDecoder decoder;
    private final Runnable checkpoint;
    private final CRC32 checksum = new CRC32();
    private final ContentHash packedContent = new ContentHash();
    private byte[] packed = new byte[PACKED_BYTES_MIN];
    private int packedAt;
    private int packedEnd;
    private int members;
    private long memberBytes;
    private long textBytes;
    private boolean isInMember;
    private boolean isEnded;
    private boolean isClosed;
    private @Nullable SourceFault fault;
    private @Nullable String packedHash;

    GzipText(RawBytes raw, Decoders decoders, Runnable checkpoint) {
        this.raw = raw;
        this.decoders = decoders;
        this.decoder = decoders.lend();
        this.checkpoint = checkpoint;
    }

    /// The packed bytes ended within a member.
    private static final class EarlyEnd extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        while (!isEnded) {
            try {
                int count = isInMember ? readMember(to, from, size) : startMember();
                if (count > 0) {
                    return count;
                }
            } catch (EarlyEnd e) {
                end(SourceFault.Kind.TRUNCATED, "the gzip data ends within member " + members);
            } catch (DataFormatException e) {
                end(
                        SourceFault.Kind.DAMAGED,
                        "the gzip data of member " + members + " is damaged: " + e.getMessage());
            }
        }
        if (packedHash == null) {
            readRest();
        }
        return -1;
    }

    /// Goes on to the end of the file, so that its hash does not depend on where a decoder gave up.
    private void readRest() throws IOException {
        packedEnd = 0;
        while (readMore()) {
            packedEnd = 0;
        }
        packedHash = packedContent.pieces().toHex();
    }

    private void end(SourceFault.Kind kind, String reason) {
        isEnded = true;
        fault = new SourceFault(kind, reason);
    }

    private int readMember(byte[] to, int from, int size)
            throws IOException, EarlyEnd, DataFormatException {
        while (true) {
            int count = decoder.decode(to, from, size);
            if (count > 0) {
                checksum.update(to, from, count);
                memberBytes += count;
                textBytes += count;
                if (textBytes > TRUSTED_BYTES && textBytes / RATIO_MAX > unpackedBytes()) {
                    end(
                            SourceFault.Kind.DAMAGED,
                            "the gzip data unpacks to more than 1,000 bytes for each byte: not read"
                                    + " further");
                }
                return count;
            }
            if (decoder.isFinished()) {
                packedAt = decoder.at();
                endMember();
                return 0;
            }
            if (!decoder.needsPiece()) {
                throw new DataFormatException("no progress");
            }
            if (!fill()) {
                throw new EarlyEnd();
            }
        }
    }

    /// Packed bytes of which the text was made so far, however far the decoder has read ahead.
    private long unpackedBytes() {
        return raw.consumedBytes() - packedEnd + decoder.at();
    }

    private void endMember() throws IOException, EarlyEnd {
        isInMember = false;
        checkpoint.run();
        long expectedChecksum = nextInt();
        long expectedSize = nextInt();
        if (expectedChecksum != checksum.getValue()) {
            end(
                    SourceFault.Kind.DAMAGED,
                    "the checksum of gzip member %d is %08x, its data has %08x"
                            .formatted(members, expectedChecksum, checksum.getValue()));
        } else if (expectedSize != (memberBytes & 0xffff_ffffL)) {
            end(
                    SourceFault.Kind.DAMAGED,
                    "gzip member %d says that it holds %d bytes, its data has %d"
                            .formatted(members, expectedSize, memberBytes));
        }
    }

    /// Reads the header of the next member, if there is one; gives 0.
    private int startMember() throws IOException, EarlyEnd, DataFormatException {
        if (packedAt == packedEnd && !fill()) {
            isEnded = true;
            return 0;
        }
        if (members > 0 && !isMagicNext()) {
            skipTrailer();
            return 0;
        }
        members++;
        int first = nextByte();
        int second = nextByte();
        int method = nextByte();
        int flags = nextByte();
        if (first != 0x1f || second != 0x8b || method != 8 || (flags & RESERVED) != 0) {
            throw new DataFormatException("no gzip header");
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(nextByte() | nextByte() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        decoder.begin(packedAt);
        checksum.reset();
        memberBytes = 0;
        isInMember = true;
        return 0;
    }

    /// Whether another member begins here. Its second byte may not have been read yet.
    private boolean isMagicNext() throws IOException {
        if (packed[packedAt] != 0x1f) {
            return false;
        }
        if (packedAt + 1 == packedEnd) {
            packed[0] = packed[packedAt];
            packedAt = 0;
            packedEnd = 1;
            readPiece();
        }
        return packedEnd - packedAt > 1 && packed[packedAt + 1] == (byte) 0x8b;
    }

    /// Passes what lies behind the last member: zeros are padding, anything else is mentioned.
    private void skipTrailer() throws IOException {
        long size = 0;
        boolean isPadding = true;
        do {
            for (int i = packedAt; i < packedEnd; i++) {
                isPadding &= packed[i] == 0;
            }
            size += packedEnd - packedAt;
            packedAt = packedEnd;
        } while (fill());
        isEnded = true;
        if (!isPadding) {
            fault =
                    new SourceFault(
                            SourceFault.Kind.NOTED,
                            size + " bytes behind the gzip data are no gzip and were ignored");
        }
    }

    /// Goes on to the next piece; false when there is none.
    private boolean fill() throws IOException {
        packedAt = 0;
        packedEnd = 0;
        readPiece();
        return packedEnd > 0;
    }

    /// Fills the piece, behind the bytes that it has, as far as the file and the decoder go.
    private void readPiece() throws IOException {
        int sizeMax = decoder.pieceBytesMax();
        boolean isLast = false;
        while (packedEnd < sizeMax && !isLast) {
            if (packedEnd == packed.length) {
                packed = Arrays.copyOf(packed, Math.min(sizeMax, 4 * packed.length));
            }
            isLast = !readMore();
        }
        decoder.setPiece(packed, packedEnd, isLast);
    }

    /// Reads some bytes behind those that the piece has; false when there are no more.
    private boolean readMore() throws IOException {
        checkpoint.run(); // headers and what lies behind may be as long as they like
        int count = raw.read(packed, packedEnd, packed.length - packedEnd);
        if (count < 0) {
            return false;
        }
        packedContent.update(packed, packedEnd, packedEnd + count);
        packedEnd += count;
        return true;
    }

    private int nextByte() throws IOException, EarlyEnd {
        if (packedAt == packedEnd && !fill()) {
            throw new EarlyEnd();
        }
        return packed[packedAt++] & 0xff;
    }

    private long nextInt() throws IOException, EarlyEnd {
        return nextByte() | nextByte() << 8 | nextByte() << 16 | (long) nextByte() << 24;
    }

    private void skip(int count) throws IOException, EarlyEnd {
        for (int i = 0; i < count; i++) {
            nextByte();
        }
    }

    private void skipText() throws IOException, EarlyEnd {
        int next = nextByte();
        while (next != 0) {
            next = nextByte();
        }
    }

    @Override
    public String form() {
        return "gzip";
    }

    @Override
    public long consumedBytes() {
        return raw.consumedBytes();
    }

    @Override
    public @Nullable SourceFault fault() {
        return fault;
    }

    @Override
    public @Nullable String packedHash() {
        return packedHash;
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            decoders.takeBack(decoder);
        }
        raw.close();
    }
}
