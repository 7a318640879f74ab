// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

/// Reads a [Slice] front to back, checking every size before it is used. Confined to one thread.
public final class SliceCursor {
    private final Slice slice;
    private long offset;

    /// A cursor at the first byte of `slice`.
    public SliceCursor(Slice slice) {
        this.slice = slice;
    }

    /// How many bytes are left.
    public long remaining() {
        return slice.size() - offset;
    }

    /// The next byte, unsigned.
    public int nextByte() {
        return slice.byteAt(offset++);
    }

    /// The next four bytes.
    public int nextInt() {
        int value = slice.intAt(offset);
        offset += 4;
        return value;
    }

    /// The next eight bytes.
    public long nextLong() {
        long value = slice.longAt(offset);
        offset += 8;
        return value;
    }

    /// The next four bytes as a count between 0 and `max` of `what`.
    public int nextCount(int max, String what) {
        int count = nextInt();
        if (count < 0 || count > max) {
            throw slice.corrupt(offset - 4, "0 to " + max + " " + what, Integer.toString(count));
        }
        return count;
    }

    /// The next text, as [ByteSink#putText] puts it.
    public String nextText(int maxBytes) {
        int size = nextCount(maxBytes, "bytes of text");
        String text = slice.textAt(offset, size);
        offset += size;
        return text;
    }

    /// The failure of having just read `found` where `expected` belongs.
    public RuntimeException corrupt(String expected, String found) {
        return slice.corrupt(offset, expected, found);
    }
}
