// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.value.IpPrefix;
import weir.query.value.Values;

/// Functions of networks, values of IPPREFIX. Their names are those of Presto, which has them where
/// Trino has none.
final class NetworkFunctions {
    private NetworkFunctions() {}

    static List<Definition> definitions() {
        Definitions networks = new Definitions(Definition.Kind.ADDRESS);
        networks.define(
                        "ip_prefix",
                        "ipaddress, bigint",
                        "ipprefix",
                        "The network of so many bits that an address is in")
                .is(a -> prefix(Args.address(a, 0), Args.number(a, 1)));
        networks.define("ip_subnet_min", "ipprefix", "ipaddress", "The first address of a network")
                .total()
                .is(a -> network(a, 0).address());
        networks.define("ip_subnet_max", "ipprefix", "ipaddress", "The last address of a network")
                .total()
                .is(a -> network(a, 0).last());
        networks.define(
                        "ip_subnet_range",
                        "ipprefix",
                        "array(ipaddress)",
                        "The first and the last address of a network")
                .total()
                .is(a -> Values.list(network(a, 0).address(), network(a, 0).last()));
        networks.define(
                        "is_subnet_of",
                        "ipprefix, ipaddress",
                        "boolean",
                        "Whether an address is in a network")
                .total()
                .is(a -> Args.bool(holds(network(a, 0), Args.address(a, 1))));
        networks.define(
                        "is_subnet_of",
                        "ipprefix, ipprefix",
                        "boolean",
                        "Whether the second network is in the first")
                .total()
                .is(a -> Args.bool(holds(network(a, 0), network(a, 1))));
        return networks.list();
    }

    private static IpPrefix network(@Nullable Object[] arguments, int i) {
        return (IpPrefix) Args.value(arguments, i);
    }

    private static IpPrefix prefix(IpAddress address, long bits) {
        IpPrefix prefix = IpPrefix.of(address, bits);
        if (prefix == null) {
            throw Args.invalid(
                    address.isV4()
                            ? "IPv4 subnet size must be in range [0, 32]"
                            : "IPv6 subnet size must be in range [0, 128]");
        }
        return prefix;
    }

    private static boolean holds(IpPrefix network, IpAddress address) {
        return network.address().isV4() == address.isV4()
                && network.address().compareTo(address) <= 0
                && address.compareTo(network.last()) <= 0;
    }

    private static boolean holds(IpPrefix network, IpPrefix other) {
        return holds(network, other.address()) && network.length() <= other.length();
    }
}
