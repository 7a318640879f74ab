// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.value.PrivateAddresses;

/// What functions ask of the tables at hand. Safe for many threads; the same question has the same
/// answer as long as a statement runs.
public interface StoreFacts {
    /// Facts of no store: nothing is known.
    StoreFacts NONE =
            new StoreFacts() {
                @Override
                public @Nullable String subnetOf(IpAddress address) {
                    return null;
                }

                @Override
                public @Nullable String ownerOf(IpAddress address) {
                    return null;
                }

                @Override
                public @Nullable String awsServiceOf(IpAddress address) {
                    return null;
                }

                @Override
                public boolean isOwn(IpAddress address) {
                    return PrivateAddresses.contain(address);
                }

                @Override
                public @Nullable String nameOf(String id) {
                    return null;
                }

                @Override
                public long interfaceNumber(String interfaceId) {
                    return 0;
                }

                @Override
                public long addressNumber(IpAddress address) {
                    return 0;
                }

                @Override
                public boolean isNat(String interfaceId) {
                    return false;
                }
            };

    /// The name of the subnet that `address` is in, or null.
    @Nullable String subnetOf(IpAddress address);

    /// Who has `address`, or null.
    @Nullable String ownerOf(IpAddress address);

    /// The service of AWS that has `address`, or null.
    @Nullable String awsServiceOf(IpAddress address);

    /// Whether `address` is one of ours: private, an interface's, or in a subnet or VPC of the
    /// context.
    boolean isOwn(IpAddress address);

    /// The name of an interface, instance, subnet, VPC or endpoint, or null.
    @Nullable String nameOf(String id);

    /// A number above 0 for an interface whose own address is known: that of the address; else 0.
    long interfaceNumber(String interfaceId);

    /// The number of an address that is an interface's own; else 0.
    long addressNumber(IpAddress address);

    /// Whether an interface is a NAT gateway's.
    boolean isNat(String interfaceId);
}
