// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.schema.IpAddress;
import weir.query.context.PrefixNames.Entry;
import weir.query.value.Cidr;
import weir.testkit.Seeds;

class PrefixNamesTest {
    private static Entry entry(String cidr, String name) {
        return new Entry(Cidr.parse(cidr), name);
    }

    private static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }

    @Test
    void theSmallestBlockNamesAnAddress() {
        PrefixNames names =
                PrefixNames.of(
                        List.of(
                                entry("10.0.0.0/8", "all"),
                                entry("10.1.0.0/16", "one"),
                                entry("10.1.2.0/24", "two"),
                                entry("10.1.2.0/24", "second of equals"),
                                entry("::/0", "six"),
                                entry("2001:db8::/32", "documents")));
        assertEquals("two", names.find(address("10.1.2.255")));
        assertEquals("one", names.find(address("10.1.3.0")));
        assertEquals("all", names.find(address("10.255.255.255")));
        assertNull(names.find(address("11.0.0.0")));
        assertNull(names.find(address("9.255.255.255")));
        assertEquals("documents", names.find(address("2001:db8::1")));
        assertEquals("six", names.find(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
        assertNull(PrefixNames.of(List.of()).find(address("10.0.0.1")));
    }

    @Test
    void randomBlocksAreFoundAsByLookingAtAll() {
        Random random = new Random(Seeds.next("PrefixNamesTest"));
        for (int run = 0; run < 200; run++) {
            List<Entry> entries = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                int bits = random.nextInt(33);
                String block =
                        random.nextBoolean()
                                ? "10." + random.nextInt(2) + "." + random.nextInt(4) + ".0/" + bits
                                : "2001:db8:" + random.nextInt(4) + "::/" + (16 + bits);
                entries.add(entry(block, block + "#" + i));
            }
            PrefixNames names = PrefixNames.of(entries);
            for (int i = 0; i < 200; i++) {
                IpAddress address = randomAddress(random);
                assertEquals(slow(entries, address), names.find(address), address.toString());
            }
        }
    }

    private static IpAddress randomAddress(Random random) {
        return random.nextBoolean()
                ? IpAddress.ofV4(
                        random.nextInt(4) == 0
                                ? random.nextInt()
                                : 0x0A000000 | random.nextInt(1 << 19))
                : address("2001:db8:" + random.nextInt(5) + "::" + random.nextInt(9));
    }

    private static @Nullable String slow(List<Entry> entries, IpAddress address) {
        Entry best = null;
        for (Entry entry : entries) {
            boolean isSmaller =
                    best == null
                            || (entry.block().first().compareTo(best.block().first()) >= 0
                                    && entry.block().last().compareTo(best.block().last()) <= 0
                                    && !entry.block().equals(best.block()));
            best = entry.block().contains(address) && isSmaller ? entry : best;
        }
        return best == null ? null : best.name();
    }
}
