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
/// @param footer what the file holds
public record SegmentFrame(long segmentId, SegmentFooter footer) {

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
    public static void writeFooter(SegmentFooter footer, long footerOffset, ByteSink sink) {
        footer.write(sink);
        int footerSize = sink.size();
        int footerChecksum = sink.checksum(0);
        sink.putLong(footerOffset);
        sink.putInt(footerSize);
        sink.putInt(footerChecksum);
        sink.putInt(SegmentLayout.VERSION_CURRENT);
        sink.putInt(sink.checksum(footerSize));
        sink.putLong(SegmentLayout.TRAILER_MAGIC);
    }

    /// Reads and checks the frame of a whole file: length, magic, version, checksums, structure.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the file is no undamaged segment
    /// @throws UnsupportedFormatException when it is of a version that this build does not read
    public static SegmentFrame read(Slice file) {
        long least = SegmentLayout.HEADER_BYTES + SegmentLayout.TRAILER_BYTES;
        if (file.size() < least) {
            throw file.corrupt(0, "a segment of at least " + least + " bytes", file.size() + "");
        }
        long segmentId = readHeader(file.slice(0, SegmentLayout.HEADER_BYTES));
        Slice trailer =
                file.slice(file.size() - SegmentLayout.TRAILER_BYTES, SegmentLayout.TRAILER_BYTES);
        expect(trailer, SegmentLayout.TRAILER_MAGIC_AT, SegmentLayout.TRAILER_MAGIC);
        checkVersion(trailer, SegmentLayout.TRAILER_VERSION_AT);
        int checksumAt = SegmentLayout.TRAILER_CHECKSUM_AT;
        checkSum(trailer, checksumAt);
        Section section =
                new Section(
                        trailer.longAt(SegmentLayout.TRAILER_FOOTER_OFFSET_AT),
                        trailer.intAt(SegmentLayout.TRAILER_FOOTER_SIZE_AT),
                        trailer.intAt(SegmentLayout.TRAILER_FOOTER_CHECKSUM_AT));
        SegmentFooter footer = SegmentFooter.read(new SliceCursor(section.checkedIn(file)));
        return new SegmentFrame(segmentId, footer);
    }

    private static long readHeader(Slice header) {
        expect(header, 0, SegmentLayout.HEADER_MAGIC);
        checkVersion(header, SegmentLayout.HEADER_VERSION_AT);
        checkSum(header, SegmentLayout.HEADER_CHECKSUM_AT);
        return header.longAt(SegmentLayout.HEADER_ID_AT);
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
