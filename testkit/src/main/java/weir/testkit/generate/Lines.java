// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// The finished lines of a slice and the order to write them in. Immutable from here on.
final class Lines {

    private final LineBuffer buffer;
    private final int[] order;
    private final int count;

    /// @param buffer the text, in the order it was made
    /// @param order line numbers in the order of writing
    /// @param count how many of the order count; the rest is surplus
    Lines(LineBuffer buffer, int[] order, int count) {
        this.buffer = buffer;
        this.order = order;
        this.count = count;
    }

    int count() {
        return count;
    }

    /// The line to write at a position, for the methods of [#buffer].
    int line(int position) {
        return order[position];
    }

    LineBuffer buffer() {
        return buffer;
    }

    /// All lines in order, as one block of text.
    byte[] joined() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            size += buffer.lineEnd(order[i]) - buffer.lineStart(order[i]);
        }
        byte[] out = new byte[size];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int start = buffer.lineStart(order[i]);
            int length = buffer.lineEnd(order[i]) - start;
            System.arraycopy(buffer.text(), start, out, at, length);
            at += length;
        }
        return out;
    }
}
