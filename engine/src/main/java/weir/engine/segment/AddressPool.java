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
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> address(a).compareTo(address(b)));
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

    private IpAddress address(int at) {
        return new IpAddress(highs[at], lows[at]);
    }
}
