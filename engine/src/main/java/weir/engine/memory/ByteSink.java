// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing little-endian output in memory, for the parts of a file before they are written.
/// Confined to one thread.
public final class ByteSink {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    /// An empty sink with room for `capacityBytes`.
    public ByteSink(int capacityBytes) {
        bytes = new byte[Math.max(64, capacityBytes)];
    }

    /// How many bytes were put.
    public int size() {
        return size;
    }

    /// The bytes put so far; the array is the sink's own, valid up to [#size()].
    public byte[] array() {
        return bytes;
    }

    /// A copy of the bytes put so far.
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Forgets everything.
    public void clear() {
        size = 0;
    }

    /// Forgets everything from byte `from` on.
    public void truncate(int from) {
        size = Math.min(size, from);
    }

    /// The checksum of everything put since byte `from`.
    public int checksum(int from) {
        return Checksum.of(bytes, from, size);
    }

    /// Puts one byte.
    public void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /// Puts four bytes.
    public void putInt(int value) {
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    /// Puts eight bytes.
    public void putLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    /// Overwrites the four bytes at `offset`.
    public void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /// Puts `source[from, to)`.
    public void putBytes(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    /// Puts the first `count` ints of `source`.
    public void putInts(int[] source, int count) {
        reserve(4L * count);
        for (int i = 0; i < count; i++) {
            INT.set(bytes, size + 4 * i, source[i]);
        }
        size += 4 * count;
    }

    /// Puts the first `count` longs of `source`.
    public void putLongs(long[] source, int count) {
        reserve(8L * count);
        for (int i = 0; i < count; i++) {
            LONG.set(bytes, size + 8 * i, source[i]);
        }
        size += 8 * count;
    }

    /// Puts the size in bytes, then the UTF-8 bytes of `text`.
    public void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putInt(encoded.length);
        putBytes(encoded, 0, encoded.length);
    }

    /// Puts zero bytes until the size is a multiple of `alignment`.
    public void align(int alignment) {
        int padding = Math.floorMod(-size, alignment);
        reserve(padding);
        Arrays.fill(bytes, size, size + padding, (byte) 0);
        size += padding;
    }

    /// Makes room for `more` bytes, so that putting them needs no more memory.
    public void reserve(long more) {
        long needed = size + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 16) {
                throw new IllegalStateException(
                        "a part of " + needed + " bytes is above the 2 GiB a part may have");
            }
            int grown = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, grown);
        }
    }
}
