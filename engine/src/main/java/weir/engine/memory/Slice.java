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
/// [CorruptSegmentException], because only damaged files ask for that. So is reading a file that
/// became shorter since it was mapped.
public final class Slice {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int COPY_BYTES = 1 << 16;

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
        try {
            return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// The int at `offset`.
    public int intAt(long offset) {
        check(offset, 4);
        try {
            return memory.get(INT, offset);
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// The long at `offset`.
    public long longAt(long offset) {
        check(offset, 8);
        try {
            return memory.get(LONG, offset);
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// Copies `count` ints from `offset` to `target[at..]`. Copying first keeps the loops behind it
    /// free of the kind of memory they read, which matters (a mixed kernel is many times slower).
    public void copyInts(long offset, int[] target, int at, int count) {
        check(offset, 4L * count);
        try {
            MemorySegment.copy(memory, INT, offset, target, at, count);
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// Copies `count` longs from `offset` to `target[at..]`.
    public void copyLongs(long offset, long[] target, int at, int count) {
        check(offset, 8L * count);
        try {
            MemorySegment.copy(memory, LONG, offset, target, at, count);
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// A copy of the bytes `[offset, offset + size)`.
    public byte[] bytesAt(long offset, int size) {
        check(offset, size);
        byte[] copy = new byte[size];
        copyBytes(offset, copy, size);
        return copy;
    }

    /// The UTF-8 text of the bytes `[offset, offset + size)`.
    public String textAt(long offset, int size) {
        return new String(bytesAt(offset, size), StandardCharsets.UTF_8);
    }

    /// Copies `count` bytes from `offset` to the begin of `target`.
    public void copyBytes(long offset, byte[] target, int count) {
        check(offset, count);
        try {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, target, 0, count);
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
    }

    /// CRC32C of the whole range. It is summed over copies: the compiled checksum ends the process
    /// when it meets a page of a mapping that the file no longer has, and a copy does not.
    public int checksum() {
        long size = memory.byteSize();
        byte[] copy = new byte[(int) Math.min(size, COPY_BYTES)];
        Checksum checksum = new Checksum();
        for (long offset = 0; offset < size; offset += COPY_BYTES) {
            int count = (int) Math.min(size - offset, COPY_BYTES);
            copyBytes(offset, copy, count);
            checksum.add(copy, count);
        }
        return checksum.value();
    }

    /// A copy of the range, below 2 GiB, as a read-only buffer: what reads it may not be safe from
    /// a file that becomes shorter.
    public ByteBuffer copiedBuffer() {
        byte[] copy = bytesAt(0, Math.toIntExact(memory.byteSize()));
        return ByteBuffer.wrap(copy).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Fails unless the bytes `[offset, offset + size)` are zero, as reserved ones are.
    public void expectZeros(long offset, int size) {
        check(offset, size);
        int bits = 0;
        try {
            for (int i = 0; i < size; i++) {
                bits |= memory.get(ValueLayout.JAVA_BYTE, offset + i);
            }
        } catch (InternalError e) {
            throw ShortenedFile.failure(e, path, fileOffset + offset);
        }
        if (bits != 0) {
            throw corrupt(offset, size + " zero bytes", "other bytes");
        }
    }

    /// Fails unless the range ends at byte `end` of it.
    public void expectEnd(long end) {
        if (end != memory.byteSize()) {
            throw corrupt(
                    Math.clamp(end, 0, memory.byteSize()),
                    "a part of " + end + " bytes",
                    "one of " + memory.byteSize());
        }
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
