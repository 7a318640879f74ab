// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;

/// A network: a value of type IPPREFIX.
///
/// @param address its first address: the bits behind the prefix are zero
/// @param length bits of the prefix, 0 to 32 (IPv4) or 128
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /// The network of `length` bits that holds `address`, or null where an address of its family
    /// has no such prefix.
    public static @Nullable IpPrefix of(IpAddress address, long length) {
        int bits = address.isV4() ? V4_BITS : V6_BITS;
        if (length < 0 || length > bits) {
            return null;
        }
        return new IpPrefix(address.firstOfPrefix((int) length + V6_BITS - bits), (int) length);
    }

    /// The network of one address.
    public static IpPrefix of(IpAddress address) {
        return new IpPrefix(address, address.isV4() ? V4_BITS : V6_BITS);
    }

    /// The network that `text` spells, `10.0.0.0/8`, or null when it is none.
    public static @Nullable IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.parse(text.substring(0, slash));
        String digits = text.substring(slash + 1);
        if (address == null || !digits.matches("[0-9]{1,3}")) {
            return null;
        }
        return of(address, Long.parseLong(digits));
    }

    /// The last address of the network.
    public IpAddress last() {
        return address.lastOfPrefix(length + (address.isV4() ? V6_BITS - V4_BITS : 0));
    }

    /// By address, the larger network first.
    @Override
    public int compareTo(IpPrefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
