// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import weir.engine.encoding.TextDictionary;
import weir.engine.fault.Limits;
import weir.engine.memory.ByteSink;
import weir.engine.memory.KeyHash;

/// The distinct texts of a dictionary under construction, numbered from 1 in order of arrival.
/// Confined to one thread.
public final class TextPool extends ValuePool {
    private byte[][] texts = new byte[64][];
    private int[] hashes = new int[64];
    private int[] slots = new int[128];
    private int count;

    TextPool() {}

    /// The number of the text `bytes[from, to)`, which is valid UTF-8; a new one when it is new.
    ///
    /// @throws IllegalArgumentException when it is longer than any text of a segment may be
    public int idOf(byte[] bytes, int from, int to) {
        if (to - from > Limits.TEXT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a text has at most " + Limits.TEXT_BYTES_MAX + " bytes, not " + (to - from));
        }
        int hash = (int) KeyHash.of(bytes, from, to);
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            int id = slots[slot];
            byte[] text = texts[id - 1];
            if (hashes[id - 1] == hash && Arrays.equals(text, 0, text.length, bytes, from, to)) {
                return id;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return add(Arrays.copyOfRange(bytes, from, to), hash, slot);
    }

    private int add(byte[] text, int hash, int slot) {
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        texts[count] = text;
        hashes[count] = hash;
        count++;
        slots[slot] = count;
        if (2 * count > slots.length) {
            rehash();
        }
        return count;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int id = 1; id <= count; id++) {
            int slot = hashes[id - 1] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = id;
        }
    }

    @Override
    int[] encodeSorted(ByteSink sink) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(texts[a], texts[b]));
        byte[][] sorted = new byte[count][];
        int[] codeOfId = new int[count + 1];
        for (int i = 0; i < count; i++) {
            sorted[i] = texts[order[i]];
            codeOfId[order[i] + 1] = i + 1;
        }
        TextDictionary.encode(sorted, sink);
        return codeOfId;
    }
}
