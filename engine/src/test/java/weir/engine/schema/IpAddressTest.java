// SPDX-License-Identifier: Apache-2.0
package weir.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.engine.Randoms;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "10.0.1.5,10.0.1.5",
        "::,::",
        "::1,::1",
        "1::,1::",
        "::ffff:1.2.3.4,1.2.3.4",
        "::FFFF:0102:0304,1.2.3.4",
        "2001:DB8:0:0:0:0:0:1,2001:db8::1",
        "2001:db8:0:1:0:0:0:1,2001:db8:0:1::1",
        "1:0:0:2:0:0:0:3,1:0:0:2::3",
        "1:0:0:2:3:0:0:4,1::2:3:0:0:4",
        "1:2:3:4:5:6:0:8,1:2:3:4:5:6:0:8",
        "64:ff9b::192.0.2.33,64:ff9b::c000:221",
        "fe80:0:0:0:0:0:0:0,fe80::"
    })
    void textIsPrintedInItsCanonicalForm(String text, String canonical) {
        IpAddress address = IpAddress.parse(text);
        assertNotNull(address);
        assertEquals(canonical, address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "1.2.3.",
                ".1.2.3",
                "+1.2.3.4",
                "1.2.3.1000",
                "localhost",
                "example.com",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "1::2::3",
                "12345::",
                "g::",
                "::1%eth0",
                "1:",
                ":1",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:1.2.3.4.5",
                "::ffff:300.1.1.1",
                "1:2:3:4:5:6:7:",
                "0x1.2.3.4"
            })
    void textThatIsNoAddressIsRefused(String text) {
        assertNull(IpAddress.parse(text), text);
    }

    @Test
    void randomAddressesAgreeWithTheJdk() {
        Random random = Randoms.of("IpAddressTest");
        for (int i = 0; i < 20_000; i++) {
            IpAddress address = randomAddress(random);
            assertEquals(address, IpAddress.parse(address.toString()));
            if (!address.isV4()) {
                byte[] bytes =
                        ByteBuffer.allocate(16)
                                .putLong(address.high())
                                .putLong(address.low())
                                .array();
                InetAddress judge = InetAddress.ofLiteral(address.toString());
                assertTrue(judge instanceof Inet6Address, address.toString());
                assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(judge.getAddress()));
                assertEquals(address, IpAddress.parse(judge.getHostAddress()));
            }
        }
    }

    private static IpAddress randomAddress(Random random) {
        if (random.nextInt(4) == 0) {
            return IpAddress.ofV4(random.nextInt());
        }
        long high = 0;
        long low = 0;
        for (int group = 0; group < 8; group++) {
            long value = random.nextBoolean() ? 0 : random.nextInt(1 << (1 + random.nextInt(16)));
            if (group < 4) {
                high = high << 16 | value;
            } else {
                low = low << 16 | value;
            }
        }
        return new IpAddress(high, low);
    }

    @Test
    void addressesOrderAsNumbers() {
        IpAddress small = parsed("10.2.0.0");
        IpAddress large = parsed("10.10.0.0");
        assertTrue(small.compareTo(large) < 0);
        assertTrue(parsed("::1").compareTo(small) < 0);
        assertTrue(parsed("ffff::").compareTo(large) > 0);
    }

    @Test
    void prefixBoundsHoldTheBlock() {
        IpAddress address = parsed("10.1.2.3");
        assertEquals("10.1.0.0", address.firstOfPrefix(96 + 16).toString());
        assertEquals("10.1.255.255", address.lastOfPrefix(96 + 16).toString());
        assertEquals("10.1.2.3", address.firstOfPrefix(128).toString());
        assertEquals("::", address.firstOfPrefix(0).toString());
        assertEquals("2001:db8::", parsed("2001:db8:ffff::1").firstOfPrefix(32).toString());
        assertEquals(
                "2001:db8:0:ff:ffff:ffff:ffff:ffff",
                parsed("2001:db8::").lastOfPrefix(56).toString());
    }

    private static IpAddress parsed(String text) {
        IpAddress address = IpAddress.parse(text);
        assertNotNull(address, text);
        return address;
    }
}
