// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.value.PrivateAddresses;

/// Functions on addresses that are Weir's own. Each takes an IPADDRESS or the text of one; the text
/// `-`, which stands for an address that is absent, gives NULL.
final class AddressFunctions {
    private AddressFunctions() {}

    static List<Definition> definitions() {
        Definitions addresses = new Definitions(Definition.Kind.FLOW);
        define(
                addresses,
                "is_private",
                "boolean",
                "Whether an address is private, loopback, link-local or of carrier-grade NAT",
                address -> Args.bool(PrivateAddresses.contain(address)));
        define(addresses, "ip_version", "integer", "4 or 6", address -> address.isV4() ? 4L : 6L);
        return addresses.list();
    }

    private static void define(
            Definitions addresses,
            String name,
            String result,
            String description,
            Function<IpAddress, Object> function) {
        addresses
                .define(name, "ipaddress", result, description)
                .total()
                .is(a -> function.apply(Args.address(a, 0)));
        addresses
                .define(name, "varchar", result, description)
                .is(a -> {
                    IpAddress address = parse(Args.text(a, 0));
                    return address == null ? null : function.apply(address);
                });
    }

    private static @Nullable IpAddress parse(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address == null && !text.equals("-")) {
            throw Args.invalid("Cannot cast value to IPADDRESS: " + text);
        }
        return address;
    }
}
