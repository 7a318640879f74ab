// SPDX-License-Identifier: Apache-2.0
package weir.testkit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AddressTextTest {

    @Test
    void ipv4IsDotted() {
        assertEquals("0.0.0.0", AddressText.ipv4(0));
        assertEquals("203.0.113.66", AddressText.ipv4(0xCB007142));
        assertEquals("255.255.255.255", AddressText.ipv4(-1));
    }

    @Test
    void ipv6IsLowerCaseWithoutLeadingZeros() {
        assertEquals(
                "2001:db8:1234:a100:8d6e:3477:df66:f105",
                AddressText.ipv6(0x2001_0DB8_1234_A100L, 0x8D6E_3477_DF66_F105L));
    }

    @Test
    void theLongestRunOfZeroGroupsIsCompressed() {
        assertEquals("::", AddressText.ipv6(0, 0));
        assertEquals("::1", AddressText.ipv6(0, 1));
        assertEquals("1::", AddressText.ipv6(0x0001_0000_0000_0000L, 0));
        assertEquals("2001:db8::1", AddressText.ipv6(0x2001_0DB8_0000_0000L, 1));
        assertEquals("1:0:0:2::3", AddressText.ipv6(0x0001_0000_0000_0002L, 3));
    }

    @Test
    void ofEqualRunsTheFirstIsCompressed() {
        assertEquals(
                "2001:db8::1:0:0:1",
                AddressText.ipv6(0x2001_0DB8_0000_0000L, 0x0001_0000_0000_0001L));
    }

    @Test
    void aSingleZeroGroupStays() {
        assertEquals(
                "2001:db8:0:1:1:1:1:1",
                AddressText.ipv6(0x2001_0DB8_0000_0001L, 0x0001_0001_0001_0001L));
    }
}
