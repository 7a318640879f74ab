// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.value.PrivateAddresses;

/// Functions that ask the tables at hand: names out of tables of context, and whose an address is.
final class StoreFunctions {
    private StoreFunctions() {}

    /// @param facts of the tables that a statement sees
    static List<Definition> definitions(StoreFacts facts) {
        Definitions names = new Definitions(Definition.Kind.FLOW);
        ofAddress(
                names,
                "subnet_of",
                "varchar",
                "The subnet that an address is in, by name, else by id; NULL without context",
                facts::subnetOf);
        ofAddress(
                names,
                "owner_of",
                "varchar",
                "Who has an address: interface, subnet, VPC, peer or AWS service; NULL without"
                        + " context",
                facts::ownerOf);
        ofAddress(
                names,
                "aws_service_of",
                "varchar",
                "The AWS service that has an address, by AWS's list; NULL without context",
                facts::awsServiceOf);
        ofAddress(
                names,
                "address_class",
                "varchar",
                "private; aws, by AWS's list in the context; or public",
                address ->
                        PrivateAddresses.contain(address)
                                ? "private"
                                : facts.awsServiceOf(address) == null ? "public" : "aws");
        ofAddress(
                names,
                "is_own",
                "boolean",
                "Whether an address is one of ours: private, an interface's in the logs or the"
                        + " context, or in a subnet or VPC of the context",
                address -> Args.bool(facts.isOwn(address)));
        names.define(
                        "name_of",
                        "varchar",
                        "varchar",
                        "The name of an interface, instance, subnet, VPC or endpoint by its id;"
                                + " NULL without context")
                .total()
                .is(a -> facts.nameOf(Args.text(a, 0)));
        ofAddress(
                names,
                "address_number",
                "bigint",
                "A number of an address that is an interface's own; else NULL",
                address -> known(facts.addressNumber(address)));
        names.define(
                        "interface_number",
                        "varchar",
                        "bigint",
                        "The address_number of an interface's own address; NULL where it is not"
                                + " known")
                .total()
                .is(a -> known(facts.interfaceNumber(Args.text(a, 0))));
        names.define(
                        "is_nat_interface",
                        "varchar",
                        "boolean",
                        "Whether an interface is a NAT gateway's, by its type or its records")
                .total()
                .is(a -> Args.bool(facts.isNat(Args.text(a, 0))));
        return names.list();
    }

    private static @Nullable Long known(long number) {
        return number == 0 ? null : (Long) number;
    }

    private static void ofAddress(
            Definitions names,
            String name,
            String result,
            String description,
            Function<IpAddress, @Nullable Object> function) {
        names.define(name, "ipaddress", result, description)
                .total()
                .is(a -> function.apply(Args.address(a, 0)));
        names.define(name, "varchar", result, description)
                .total()
                .readsAddress()
                .is(a -> {
                    IpAddress address =
                            a[0] instanceof String text
                                    ? IpAddress.parse(text)
                                    : Args.address(a, 0);
                    return address == null ? null : function.apply(address);
                });
    }
}
