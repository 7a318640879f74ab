// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /// The places of the addresses in ascending order. IPv4 addresses stand together in it and are
    /// sorted as numbers with their place in the low half: most addresses are, and that is fast.
    private int[] sorted() {
        long[] v4 = new long[count];
        List<Integer> others = new ArrayList<>();
        int v4Count = 0;
        for (int at = 0; at < count; at++) {
            if (address(at).isV4()) {
                // The sign turned, so that signed order is the order of the addresses.
                v4[v4Count++] = (lows[at] << 32 ^ Long.MIN_VALUE) | at;
            } else {
                others.add(at);
            }
        }
        Arrays.sort(v4, 0, v4Count);
        others.sort(Comparator.comparing(this::address));
        int[] order = new int[count];
        int next = 0;
        boolean isBelow = true;
        for (int i = 0; i <= others.size(); i++) {
            if (isBelow && (i == others.size() || isAboveV4(others.get(i)))) {
                isBelow = false;
                for (int j = 0; j < v4Count; j++) {
                    order[next++] = (int) v4[j];
                }
            }
            if (i < others.size()) {
                order[next++] = others.get(i);
            }
        }
        return order;
    }

    private boolean isAboveV4(int at) {
        return address(at).compareTo(IpAddress.ofV4(-1)) > 0;
    }

    private IpAddress address(int at) {
        return new IpAddress(highs[at], lows[at]);
    }
}
