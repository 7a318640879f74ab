// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.memory.SliceCursor;

/// Where a part of a segment stands, and its checksum.
///
/// @param offset of its first byte in the file
/// @param sizeBytes how many bytes
/// @param checksum CRC32C of them
public record Section(long offset, int sizeBytes, int checksum) {

    void write(ByteSink sink) {
        sink.putLong(offset);
        sink.putInt(sizeBytes);
        sink.putInt(checksum);
    }

    static Section read(SliceCursor cursor) {
        return new Section(cursor.nextLong(), cursor.nextInt(), cursor.nextInt());
    }

    /// The bytes of this section of `file`, unchecked.
    public Slice in(Slice file) {
        return file.slice(offset, sizeBytes);
    }

    /// The bytes of this section of `file`, after comparing their checksum.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when it differs
    public Slice checkedIn(Slice file) {
        Slice bytes = in(file);
        int found = bytes.checksum();
        if (found != checksum) {
            throw bytes.corrupt(
                    0,
                    sizeBytes + " bytes with checksum " + Integer.toHexString(checksum),
                    Integer.toHexString(found));
        }
        return bytes;
    }
}
