// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.value.Cidr;

/// Names of blocks of addresses: an address has the name of the smallest block that holds it.
/// Immutable. Kept as ranges that do not overlap, so that a look is a binary search.
final class PrefixNames {
    /// A block and its name.
    record Entry(Cidr block, String name) {}

    private final Table v4;
    private final Table v6;

    private PrefixNames(Ranges v4, Ranges v6) {
        this.v4 = new Table(v4);
        this.v6 = new Table(v6);
    }

    /// The names of `entries`; of equal blocks the first counts.
    static PrefixNames of(List<Entry> entries) {
        return new PrefixNames(ranges(entries, true), ranges(entries, false));
    }

    /// The name of the smallest block that holds `address`, or null.
    @Nullable String find(IpAddress address) {
        return (address.isV4() ? v4 : v6).find(address);
    }

    /// From each of `starts` up to the next the name at the same place; null where no block is.
    private record Ranges(List<IpAddress> starts, List<@Nullable String> names) {}

    /// The same as arrays, for look-ups.
    private static final class Table {
        private final long[] highs;
        private final long[] lows;
        private final @Nullable String[] names;

        Table(Ranges ranges) {
            highs = ranges.starts().stream().mapToLong(IpAddress::high).toArray();
            lows = ranges.starts().stream().mapToLong(IpAddress::low).toArray();
            names = ranges.names().toArray(new @Nullable String[0]);
        }

        @Nullable String find(IpAddress address) {
            int low = 0;
            int high = highs.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Long.compareUnsigned(highs[middle], address.high());
                if (order == 0) {
                    order = Long.compareUnsigned(lows[middle], address.low());
                }
                if (order <= 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return high < 0 ? null : names[high];
        }
    }

    /// Blocks hold each other or have nothing in common, so the open ones are a stack.
    private static Ranges ranges(List<Entry> entries, boolean isV4) {
        List<Entry> sorted =
                entries.stream()
                        .filter(entry -> entry.block().isV4() == isV4)
                        .sorted(
                                Comparator.comparing((Entry entry) -> entry.block().first())
                                        .thenComparing(
                                                entry -> entry.block().last(),
                                                Comparator.reverseOrder()))
                        .toList();
        Ranges ranges = new Ranges(new ArrayList<>(), new ArrayList<>());
        Deque<Entry> open = new ArrayDeque<>();
        Cidr last = null;
        for (Entry entry : sorted) {
            if (entry.block().equals(last)) {
                continue;
            }
            last = entry.block();
            closeBefore(entry.block().first(), open, ranges);
            start(ranges, entry.block().first(), entry.name());
            open.push(entry);
        }
        closeBefore(null, open, ranges);
        return ranges;
    }

    /// Ends the open blocks that end before `next`, or all where that is null.
    private static void closeBefore(@Nullable IpAddress next, Deque<Entry> open, Ranges ranges) {
        while (!open.isEmpty()
                && (next == null || open.element().block().last().compareTo(next) < 0)) {
            IpAddress after = after(open.pop().block().last());
            if (after != null) {
                start(ranges, after, open.isEmpty() ? null : open.element().name());
            }
        }
    }

    private static void start(Ranges ranges, IpAddress start, @Nullable String name) {
        int end = ranges.starts.size() - 1;
        if (end >= 0 && ranges.starts.get(end).equals(start)) {
            ranges.names.set(end, name);
        } else {
            ranges.starts.add(start);
            ranges.names.add(name);
        }
    }

    /// The address behind `address`, or null behind the last.
    private static @Nullable IpAddress after(IpAddress address) {
        long low = address.low() + 1;
        long high = low == 0 ? address.high() + 1 : address.high();
        return low == 0 && high == 0 ? null : new IpAddress(high, low);
    }
}
