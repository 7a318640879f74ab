// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.context.PrefixNames.Entry;
import weir.query.fault.QueryException;
import weir.query.value.Cidr;

/// The names that tables of context give. Immutable.
///
/// @param subnets of subnets
/// @param networks of subnets and VPCs
/// @param owners of interfaces, subnets, VPCs, peers and services; the more exact table comes first
///   where blocks are equal
/// @param services of services of AWS
/// @param otherServices `AMAZON` and `EC2`, which also hold the blocks of others
/// @param byId by ids of AWS
record ContextNames(
        PrefixNames subnets,
        PrefixNames networks,
        PrefixNames owners,
        PrefixNames services,
        PrefixNames otherServices,
        Map<String, String> byId) {

    static ContextNames of(Catalog catalog) {
        Collected names = new Collected();
        names.interfaces(catalog);
        names.subnets(catalog);
        names.vpcs(catalog);
        names.peerings(catalog);
        names.endpoints(catalog);
        names.services(catalog);
        return new ContextNames(
                PrefixNames.of(names.subnets),
                PrefixNames.of(names.networks),
                PrefixNames.of(names.owners),
                PrefixNames.of(names.services),
                PrefixNames.of(names.otherServices),
                Map.copyOf(names.byId));
    }

    /// What was read so far.
    private static final class Collected {
        final List<Entry> subnets = new ArrayList<>();
        final List<Entry> networks = new ArrayList<>();
        final List<Entry> owners = new ArrayList<>();
        final List<Entry> services = new ArrayList<>();
        final List<Entry> otherServices = new ArrayList<>();
        final Map<String, String> byId = new HashMap<>();

        void interfaces(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(
                            catalog,
                            ContextTable.NETWORK_INTERFACES,
                            "address",
                            "public_address",
                            "interface_id",
                            "name",
                            "instance_id",
                            "description")) {
                String label = first(row[3], row[4], row[5], row[2]);
                add(owners, host(row[0]), label);
                add(owners, host(row[1]), label);
                name(row[2], label);
                name(row[4], row[3]);
            }
        }

        void subnets(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(
                            catalog, ContextTable.SUBNETS, "cidr", "name", "subnet_id", "owner")) {
                String label = first(row[1], row[2], row[0]);
                add(subnets, block(row[0]), label);
                add(networks, block(row[0]), label);
                add(owners, block(row[0]), first(row[3], label));
                name(row[2], row[1]);
            }
        }

        void vpcs(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(catalog, ContextTable.VPCS, "cidr", "name", "vpc_id")) {
                add(networks, block(row[0]), first(row[1], row[2], row[0]));
                add(owners, block(row[0]), first(row[1], row[2]));
                name(row[2], row[1]);
            }
        }

        void peerings(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(
                            catalog,
                            ContextTable.VPC_PEERINGS,
                            "requester_cidr",
                            "requester_vpc_id",
                            "accepter_cidr",
                            "accepter_vpc_id",
                            "peering_id",
                            "name")) {
                add(owners, block(row[0]), row[1]);
                add(owners, block(row[2]), row[3]);
                name(row[4], row[5]);
            }
        }

        void endpoints(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(
                            catalog,
                            ContextTable.VPC_ENDPOINTS,
                            "endpoint_id",
                            "name",
                            "service_name",
                            "interface_id")) {
                name(row[0], first(row[1], row[2]));
                name(row[3], first(row[1], row[2]));
            }
        }

        void services(Catalog catalog) {
            for (@Nullable String[] row :
                    TextRows.read(catalog, ContextTable.AWS_IP_RANGES, "cidr", "service")) {
                String service = row[1];
                boolean isOther =
                        service != null && (service.equals("AMAZON") || service.equals("EC2"));
                add(isOther ? otherServices : services, block(row[0]), service);
            }
            // EC2 says more than AMAZON; of equal blocks the first counts.
            otherServices.sort((a, b) -> b.name().compareTo(a.name()));
            services.forEach(entry -> owners.add(ofAws(entry)));
            otherServices.forEach(entry -> owners.add(ofAws(entry)));
        }

        private static Entry ofAws(Entry entry) {
            return new Entry(entry.block(), "AWS " + entry.name());
        }

        private void name(@Nullable String id, @Nullable String name) {
            if (id != null && name != null && !id.equals(name)) {
                byId.putIfAbsent(id, name);
            }
        }
    }

    private static void add(List<Entry> entries, @Nullable Cidr block, @Nullable String name) {
        if (block != null && name != null) {
            entries.add(new Entry(block, name));
        }
    }

    private static @Nullable String first(@Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isEmpty()) {
                return name;
            }
        }
        return null;
    }

    /// The block that `text` spells, null where it spells none: tables may be of a user's own.
    private static @Nullable Cidr block(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.indexOf('/') < 0 ? host(text) : Cidr.parse(text);
        } catch (QueryException _) {
            return null;
        }
    }

    private static @Nullable Cidr host(@Nullable String text) {
        IpAddress address = text == null ? null : IpAddress.parse(text);
        return address == null ? null : new Cidr(address, address, address.isV4());
    }
}
