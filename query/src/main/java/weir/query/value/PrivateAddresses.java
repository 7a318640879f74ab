// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import weir.engine.schema.IpAddress;

/// Addresses that nobody has on the internet: private, loopback, link-local, of carrier-grade NAT.
public final class PrivateAddresses {
    private static final List<Cidr> BLOCKS =
            List.of(
                    Cidr.parse("10.0.0.0/8"),
                    Cidr.parse("172.16.0.0/12"),
                    Cidr.parse("192.168.0.0/16"),
                    Cidr.parse("127.0.0.0/8"),
                    Cidr.parse("169.254.0.0/16"),
                    Cidr.parse("100.64.0.0/10"),
                    Cidr.parse("fc00::/7"),
                    Cidr.parse("fe80::/10"),
                    Cidr.parse("::1/128"));

    private PrivateAddresses() {}

    /// Whether `address` is one of them.
    public static boolean contain(IpAddress address) {
        for (Cidr block : BLOCKS) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
