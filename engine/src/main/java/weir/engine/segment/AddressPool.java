// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.Arrays;
import weir.engine.encoding.AddressDictionary;
import weir.engine.memory.ByteSink;
import weir.engine.memory.KeyHash;
import weir.engine.schema.IpAddress;

/// The distinct addresses of a dictionary under construction, numbered from 1 in order of arrival.
/// Confined to one thread.
public final class AddressPool extends ValuePool {
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] slots = new int[128];
    private int count;

    AddressPool() {}

    /// The number of the address with these halves; a new one when it is new.
    public int idOf(long high, long low) {
        int slot = slotOf(high, low);
        while (slots[slot] != 0) {
            int at = slots[slot] - 1;
            if (highs[at] == high && lows[at] == low) {
                return at + 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (count == highs.length) {
            highs = Arrays.copyOf(highs, 2 * count);
            lows = Arrays.copyOf(lows, 2 * count);
        }
        highs[count] = high;
        lows[count] = low;
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
            int slot = slotOf(highs[id - 1], lows[id - 1]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = id;
        }
    }

    private int slotOf(long high, long low) {
        return (int) KeyHash.of(high, low) & slots.length - 1;
    }

    @Override
    int[] encodeSorted(ByteSink sink) {
        int[] order = sorted();
        long[] sortedHighs = new long[count];
        long[] sortedLows = new long[count];
        int[] codeOfId = new int[count + 1];
        for (int i = 0; i < count; i++) {
            sortedHighs[i] = highs[order[i]];
            sortedLows[i] = lows[order[i]];
            codeOfId[order[i] + 1] = i + 1;
        }
        AddressDictionary.encode(sortedHighs, sortedLows, count, sink);
        return codeOfId;
    }

    /// The places of the addresses in ascending order. IPv4 addresses stand together in it, and are
    /// sorted by their 32 bits alone; the others first by their low half, then by their high one.
    private int[] sorted() {
        long[] v4 = new long[count];
        int[] others = new int[count];
        int v4Count = 0;
        int otherCount = 0;
        for (int at = 0; at < count; at++) {
            if (isV4(at)) {
                v4[v4Count++] = lows[at] << 32 | at;
            } else {
                others[otherCount++] = at;
            }
        }
        long[] v4Sorted = RadixSort.sort(v4, new long[v4Count], v4Count, 32, 32);
        for (long[] halves : new long[][] {lows, highs}) {
            for (int shift = 0; shift < 64; shift += 32) {
                sortBy(halves, shift, others, otherCount);
            }
        }
        int[] order = new int[count];
        int below = 0;
        while (below < otherCount && isBelowV4(others[below])) {
            below++;
        }
        System.arraycopy(others, 0, order, 0, below);
        for (int i = 0; i < v4Count; i++) {
            order[below + i] = (int) v4Sorted[i];
        }
        System.arraycopy(others, below, order, below + v4Count, otherCount - below);
        return order;
    }

    /// Sorts the first `placeCount` of `places` by 32 bits of what `values` has there.
    private static void sortBy(long[] values, int shift, int[] places, int placeCount) {
        long[] keys = new long[placeCount];
        for (int i = 0; i < placeCount; i++) {
            keys[i] = values[places[i]] >>> shift << 32 | places[i];
        }
        long[] sorted = RadixSort.sort(keys, new long[placeCount], placeCount, 32, 32);
        for (int i = 0; i < placeCount; i++) {
            places[i] = (int) sorted[i];
        }
    }

    private boolean isV4(int at) {
        return new IpAddress(highs[at], lows[at]).isV4();
    }

    private boolean isBelowV4(int at) {
        return new IpAddress(highs[at], lows[at]).compareTo(IpAddress.ofV4(0)) < 0;
    }
}
