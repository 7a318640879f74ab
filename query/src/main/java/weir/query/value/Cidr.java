// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import weir.engine.schema.IpAddress;

/// A block of addresses: `10.0.0.0/8`, `2600:1f00::/24`. An IPv4 block holds no IPv6 address and an
/// IPv6 block no IPv4 address. Immutable.
///
/// @param first the lowest address
/// @param last the highest
/// @param isV4 whether it is a block of IPv4
public record Cidr(IpAddress first, IpAddress last, boolean isV4) {

    /// The block that `text` spells; bits behind the prefix do not matter.
    ///
    /// @throws weir.query.fault.QueryException when it spells none
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.parse(text.substring(0, slash));
        if (address == null) {
            throw InvalidValue.of("Invalid CIDR: " + text);
        }
        // A mapped address written in the form of IPv6 is IPv4, as everywhere.
        boolean isV4 = address.isV4();
        boolean isDotted = text.indexOf(':') < 0;
        int bits = prefixLength(text.substring(slash + 1));
        if (bits < 0 || bits > (isDotted ? 32 : 128)) {
            throw InvalidValue.of("Invalid CIDR: " + text);
        }
        int prefix = isDotted ? 96 + bits : bits;
        return new Cidr(address.firstOfPrefix(prefix), address.lastOfPrefix(prefix), isV4);
    }

    private static int prefixLength(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }

    /// Whether the block holds `address`.
    public boolean contains(IpAddress address) {
        return address.isV4() == isV4
                && first.compareTo(address) <= 0
                && address.compareTo(last) <= 0;
    }
}
