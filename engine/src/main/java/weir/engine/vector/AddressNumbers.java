// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

import java.util.Arrays;

/// Numbers for the addresses of all dictionaries of a store, from 1 in order of arrival: what tells
/// that codes of different segments are one address, without a look at the address. Addresses are
/// never forgotten: 28 bytes each, as long as the store is open. Safe for many threads.
public final class AddressNumbers {
    private volatile Addresses addresses = new Addresses(new long[64], new long[64]);
    private int[] slots = new int[256];
    private int count = 1;

    /// The halves of addresses by number.
    private record Addresses(long[] highs, long[] lows) {}

    /// The numbers of addresses: number `i` is that of `highs[i]`, `lows[i]`; entry 0 is none and
    /// gets 0.
    public synchronized int[] of(long[] highs, long[] lows) {
        int[] numbers = new int[highs.length];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = of(highs[i], lows[i]);
        }
        return numbers;
    }

    private int of(long high, long low) {
        int found = find(high, low);
        if (found > 0) {
            return found;
        }
        Addresses known = addresses;
        if (count == known.highs.length) {
            known =
                    new Addresses(
                            Arrays.copyOf(known.highs, 2 * count),
                            Arrays.copyOf(known.lows, 2 * count));
            addresses = known;
        }
        known.highs[count] = high;
        known.lows[count] = low;
        enter(count, known);
        if (2 * count > slots.length) {
            slots = new int[2 * slots.length];
            for (int number = 1; number <= count; number++) {
                enter(number, known);
            }
        }
        return count++;
    }

    private void enter(int number, Addresses known) {
        int slot = slotOf(known.highs[number], known.lows[number]);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
    }

    private int slotOf(long high, long low) {
        long mixed = ((high * 0xC2B2AE3D27D4EB4FL) ^ low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (slots.length - 1);
    }

    /// The number of an address, 0 when it has none.
    public synchronized int find(long high, long low) {
        Addresses known = addresses;
        int slot = slotOf(high, low);
        while (slots[slot] != 0) {
            int number = slots[slot];
            if (known.lows[number] == low && known.highs[number] == high) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return 0;
    }

    /// The upper half of the address of a number that was given out.
    public long high(int number) {
        return addresses.highs[number];
    }

    /// The lower half of it.
    public long low(int number) {
        return addresses.lows[number];
    }
}
