// SPDX-License-Identifier: Apache-2.0
package weir.testkit.record;

/// Writes addresses the way AWS does: IPv4 dotted, IPv6 lower-case and compressed (RFC 5952).
/// Stateless.
public final class AddressText {

    private AddressText() {}

    /// The dotted form of an IPv4 address held in an int, first octet in the highest byte.
    public static String ipv4(int address) {
        return (address >>> 24)
                + "."
                + ((address >>> 16) & 0xFF)
                + "."
                + ((address >>> 8) & 0xFF)
                + "."
                + (address & 0xFF);
    }

    /// The canonical form of an IPv6 address: no leading zeros, the longest run of at least two
    /// zero groups (the first of equals) as `::`.
    public static String ipv6(long high, long low) {
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> (48 - 16 * i)) & 0xFFFF;
            groups[4 + i] = (int) (low >>> (48 - 16 * i)) & 0xFFFF;
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (i > 0 && i != runStart + runLength) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
