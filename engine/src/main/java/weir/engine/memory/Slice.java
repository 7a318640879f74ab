// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import weir.engine.fault.CorruptSegmentException;

/// A range of a finished file (or of an array), read-only and little-endian. It knows its file and
/// its place there, for messages. Safe for many readers; reading outside it is a
/// [CorruptSegmentException], because only damaged files ask for that.
public final class Slice {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final long fileOffset;
    private final MemorySegment memory;

    Slice(Path path, long fileOffset, MemorySegment memory) {
        this.path = path;
        this.fileOffset = fileOffset;
        this.memory = memory;
    }

    /// The bytes of an array, as if they were the file `path`.
    public static Slice of(Path path, byte[] bytes) {
        return new Slice(path, 0, MemorySegment.ofArray(bytes).asReadOnly());
    }

    /// How many bytes the range has.
    public long size() {
        return memory.byteSize();
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// Where byte `offset` of the range stands in the file.
    public long fileOffset(long offset) {
        return fileOffset + offset;
    }

    /// The part `[offset, offset + size)`.
    public Slice slice(long offset, long size) {
        check(offset, size);
        return new Slice(path, fileOffset + offset, memory.asSlice(offset, size));
    }

    /// The unsigned byte at `offset`.
    public int byteAt(long offset) {
        check(offset, 1);
        return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    /// The int at `offset`.
    public int intAt(long offset) {
        check(offset, 4);
        return memory.get(INT, offset);
    }

    /// The long at `offset`.
    public long longAt(long offset) {
        check(offset, 8);
        return memory.get(LONG, offset);
    }

    /// Copies `count` ints from `offset` to `target[at..]`. Copying first keeps the loops behind it
    /// free of the kind of memory they read, which matters (a mixed kernel is many times slower).
    public void copyInts(long offset, int[] target, int at, int count) {
        check(offset, 4L * count);
        MemorySegment.copy(memory, INT, offset, target, at, count);
    }

    /// Copies `count` longs from `offset` to `target[at..]`.
    public void copyLongs(long offset, long[] target, int at, int count) {
        check(offset, 8L * count);
        MemorySegment.copy(memory, LONG, offset, target, at, count);
    }

    /// A copy of the bytes `[offset, offset + size)`.
    public byte[] bytesAt(long offset, int size) {
        check(offset, size);
        byte[] copy = new byte[size];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, copy, 0, size);
        return copy;
    }

    /// The UTF-8 text of the bytes `[offset, offset + size)`.
    public String textAt(long offset, int size) {
        return new String(bytesAt(offset, size), StandardCharsets.UTF_8);
    }

    /// CRC32C of the whole range.
    public int checksum() {
        return Checksum.of(buffer());
    }

    /// The range as a read-only buffer; below 2 GiB.
    public ByteBuffer buffer() {
        return memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The failure of a range that holds `found` at `offset` where `expected` belongs.
    public CorruptSegmentException corrupt(long offset, String expected, String found) {
        return new CorruptSegmentException(path, fileOffset + offset, expected, found);
    }

    private void check(long offset, long size) {
        if (offset < 0 || size < 0 || offset > memory.byteSize() - size) {
            throw corrupt(
                    offset,
                    size + " bytes within a part of " + memory.byteSize(),
                    "an end at byte " + (offset + size) + " of it");
        }
    }
}
