// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CidrTest {

    @Test
    void bordersOfABlockAreExact() {
        Cidr block = Cidr.of("172.16.0.0/12");
        assertFalse(block.holds("172.15.255.255"));
        assertTrue(block.holds("172.16.0.0"));
        assertTrue(block.holds("172.31.255.255"));
        assertFalse(block.holds("172.32.0.0"));
        assertTrue(Cidr.of("1.2.3.4/32").holds("1.2.3.4"));
        assertFalse(Cidr.of("1.2.3.4/32").holds("1.2.3.5"));
        assertTrue(Cidr.of("0.0.0.0/0").holds("255.255.255.255"));
    }

    @Test
    void ipv6IsComparedAsANumber() {
        Cidr block = Cidr.of("2001:db8::/33");
        assertTrue(block.holds("2001:0DB8:7fff::1"));
        assertFalse(block.holds("2001:db8:8000::"));
        assertTrue(Cidr.of("::/0").holds("::"));
        assertTrue(Cidr.of("::1/128").holds("0:0:0:0:0:0:0:1"));
    }

    @Test
    void theOtherFamilyIsNotContained() {
        assertEquals(false, Cidr.of("::/0").contains("10.0.0.1"));
        assertTrue(Cidr.of("10.0.0.0/8").excludes("2001:db8::1"));
    }

    @Test
    void textThatIsNoAddressIsUnknown() {
        Cidr block = Cidr.of("0.0.0.0/0");
        for (String text : new String[] {"-", "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "x.2.3.4"}) {
            assertNull(block.contains(text), text);
            assertFalse(block.holds(text));
            assertFalse(block.excludes(text));
        }
        assertNull(Cidr.of("::/0").contains("1:2:3:4:5:6:7"));
        assertNull(Cidr.of("::/0").contains("12345::"));
    }

    @Test
    void aWrongBlockIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cidr.of("10.0.0.0"));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Cidr.of("10.0.0.0/33"));
        assertEquals("prefix of 10.0.0.0/33 is not 0 to 32", error.getMessage());
    }
}
