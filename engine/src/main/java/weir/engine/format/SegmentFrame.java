// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

import weir.engine.fault.UnsupportedFormatException;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.memory.SliceCursor;

/// Header and trailer of a segment file: written around the sections, checked before anything else
/// is believed.
///
/// @param segmentId the number the store gave the segment
/// @param footerSection where the footer stands
/// @param footer what the file holds
public record SegmentFrame(long segmentId, Section footerSection, SegmentFooter footer) {

    /// Appends the header to `sink`, which is empty.
    public static void writeHeader(long segmentId, ByteSink sink) {
        sink.putLong(SegmentLayout.HEADER_MAGIC);
        sink.putInt(SegmentLayout.VERSION_CURRENT);
        sink.putInt(0);
        sink.putLong(segmentId);
        sink.putInt(sink.checksum(0));
        sink.putInt(0);
        assert sink.size() == SegmentLayout.HEADER_BYTES;
    }

    /// Appends footer and trailer to `sink`, which is empty; the footer stands at `footerOffset`.
    /// Gives the checksum of the footer.
    public static int writeFooter(SegmentFooter footer, long footerOffset, ByteSink sink) {
        footer.write(sink);
        int footerSize = sink.size();
        int footerChecksum = sink.checksum(0);
        sink.putLong(footerOffset);
        sink.putInt(footerSize);
        sink.putInt(footerChecksum);
        sink.putInt(SegmentLayout.VERSION_CURRENT);
        sink.putInt(sink.checksum(footerSize));
        sink.putLong(SegmentLayout.TRAILER_MAGIC);
        return footerChecksum;
    }

    /// Reads and checks the frame of a whole file: length, magic, version, checksums, structure.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the file is no undamaged segment
    /// @throws UnsupportedFormatException when it is of a version that this build does not read
    public static SegmentFrame read(Slice file) {
        long segmentId = readHeader(file);
        Section section = readTrailer(file);
        return new SegmentFrame(segmentId, section, readFooter(file, section));
    }

    /// Reads and checks the header alone: gives the number of the segment.
    public static long readHeader(Slice file) {
        checkSize(file);
        Slice header = file.slice(0, SegmentLayout.HEADER_BYTES);
        expect(header, 0, SegmentLayout.HEADER_MAGIC);
        checkVersion(header, SegmentLayout.HEADER_VERSION_AT);
        checkSum(header, SegmentLayout.HEADER_CHECKSUM_AT);
        checkZero(header, SegmentLayout.HEADER_ZERO_AT);
        checkZero(header, SegmentLayout.HEADER_CHECKSUM_AT + 4);
        return header.longAt(SegmentLayout.HEADER_ID_AT);
    }

    /// The version that the header of a file says.
    public static int version(Slice file) {
        return file.intAt(SegmentLayout.HEADER_VERSION_AT);
    }

    /// Reads and checks the trailer alone: gives where the footer stands.
    public static Section readTrailer(Slice file) {
        checkSize(file);
        long trailerAt = file.size() - SegmentLayout.TRAILER_BYTES;
        Slice trailer = file.slice(trailerAt, SegmentLayout.TRAILER_BYTES);
        expect(trailer, SegmentLayout.TRAILER_MAGIC_AT, SegmentLayout.TRAILER_MAGIC);
        checkVersion(trailer, SegmentLayout.TRAILER_VERSION_AT);
        checkSum(trailer, SegmentLayout.TRAILER_CHECKSUM_AT);
        long offset = trailer.longAt(SegmentLayout.TRAILER_FOOTER_OFFSET_AT);
        int size = trailer.intAt(SegmentLayout.TRAILER_FOOTER_SIZE_AT);
        if (offset < SegmentLayout.HEADER_BYTES || size < 0 || offset != trailerAt - size) {
            throw trailer.corrupt(
                    SegmentLayout.TRAILER_FOOTER_OFFSET_AT,
                    "a footer between header and trailer that ends at byte " + trailerAt,
                    size + " bytes at byte " + offset);
        }
        int checksum = trailer.intAt(SegmentLayout.TRAILER_FOOTER_CHECKSUM_AT);
        return new Section(offset, size, checksum);
    }

    /// Reads and checks the footer in `section`.
    public static SegmentFooter readFooter(Slice file, Section section) {
        SliceCursor cursor = new SliceCursor(section.checkedIn(file));
        SegmentFooter footer = SegmentFooter.read(cursor, version(file));
        if (cursor.remaining() > 0) {
            throw cursor.corrupt("the end of the footer", cursor.remaining() + " more bytes");
        }
        for (Section part : footer.sections()) {
            long end = part.offset() + part.sizeBytes();
            boolean isInside =
                    part.offset() >= SegmentLayout.HEADER_BYTES
                            && part.offset() % SegmentLayout.SECTION_ALIGNMENT == 0
                            && part.sizeBytes() >= 0;
            if (!isInside || part.offset() > section.offset() || end > section.offset()) {
                throw file.corrupt(
                        section.offset(),
                        "sections from multiples of %d between header and footer (bytes %d to %d)"
                                .formatted(
                                        SegmentLayout.SECTION_ALIGNMENT,
                                        SegmentLayout.HEADER_BYTES,
                                        section.offset()),
                        part.sizeBytes() + " bytes at byte " + part.offset());
            }
        }
        return footer;
    }

    private static void checkSize(Slice file) {
        long least = SegmentLayout.HEADER_BYTES + SegmentLayout.TRAILER_BYTES;
        if (file.size() < least) {
            throw file.corrupt(0, "a segment of at least " + least + " bytes", file.size() + "");
        }
    }

    private static void checkZero(Slice header, int at) {
        int found = header.intAt(at);
        if (found != 0) {
            throw header.corrupt(at, "four zero bytes", Integer.toHexString(found));
        }
    }

    private static void expect(Slice slice, int at, long magic) {
        long found = slice.longAt(at);
        if (found != magic) {
            throw slice.corrupt(
                    at, "the segment magic " + Long.toHexString(magic), Long.toHexString(found));
        }
    }

    private static void checkVersion(Slice slice, int at) {
        int version = slice.intAt(at);
        if (version < SegmentLayout.VERSION_OLDEST || version > SegmentLayout.VERSION_CURRENT) {
            throw new UnsupportedFormatException(
                    slice.path(),
                    version,
                    SegmentLayout.VERSION_OLDEST,
                    SegmentLayout.VERSION_CURRENT);
        }
    }

    private static void checkSum(Slice slice, int checksumAt) {
        int found = slice.slice(0, checksumAt).checksum();
        int expected = slice.intAt(checksumAt);
        if (found != expected) {
            throw slice.corrupt(
                    0, "checksum " + Integer.toHexString(expected), Integer.toHexString(found));
        }
    }
}
