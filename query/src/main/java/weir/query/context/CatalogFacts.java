// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.catalog.Catalog;
import weir.query.function.StoreFacts;
import weir.query.value.PrivateAddresses;

/// The facts of the tables of one catalog, read when they are first asked for.
public final class CatalogFacts implements StoreFacts {
    private final Lazy<ContextNames> names;
    private final Lazy<InterfaceAddresses> interfaces;

    /// Facts of `catalog`.
    public CatalogFacts(Catalog catalog) {
        this.names = new Lazy<>(() -> ContextNames.of(catalog));
        this.interfaces = new Lazy<>(() -> InterfaceAddresses.of(catalog));
    }

    @Override
    public @Nullable String subnetOf(IpAddress address) {
        return names.get().subnets().find(address);
    }

    @Override
    public @Nullable String ownerOf(IpAddress address) {
        return names.get().owners().find(address);
    }

    @Override
    public @Nullable String awsServiceOf(IpAddress address) {
        String service = names.get().services().find(address);
        return service == null ? names.get().otherServices().find(address) : service;
    }

    @Override
    public boolean isOwn(IpAddress address) {
        return PrivateAddresses.contain(address)
                || names.get().networks().find(address) != null
                || interfaces.get().isInterfaces(address);
    }

    @Override
    public @Nullable String nameOf(String id) {
        return names.get().byId().get(id);
    }

    @Override
    public long interfaceNumber(String interfaceId) {
        return interfaces.get().interfaceNumber(interfaceId);
    }

    @Override
    public long addressNumber(IpAddress address) {
        return interfaces.get().addressNumber(address);
    }

    @Override
    public boolean isNat(String interfaceId) {
        return interfaces.get().isNat(interfaceId);
    }

    /// A value that is made by whoever asks first.
    private static final class Lazy<T> {
        private final Supplier<T> maker;
        private volatile @Nullable T value;

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        T get() {
            T known = value;
            return known == null ? make() : known;
        }

        private synchronized T make() {
            T known = value;
            if (known == null) {
                known = maker.get();
                value = known;
            }
            return known;
        }
    }
}
