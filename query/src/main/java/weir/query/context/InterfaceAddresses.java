// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.engine.schema.IpAddress;
import weir.engine.segment.SegmentReader;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;
import weir.query.value.PrivateAddresses;

/// Which addresses are interfaces' own, of interfaces that have records. A table of context says
/// it; of other interfaces their records do: an interface's own address is the one that is common
/// to them. Immutable.
///
/// Interfaces with one address, in VPCs with the same blocks, have the same number: numbers tell
/// whose side of a flow is whose, not which interface it was. Interfaces without records have none,
/// whatever the context says: nobody is to wait for what they saw.
final class InterfaceAddresses {
    private static final String FLOWS = "vpc_flow_logs";

    private final Map<String, Integer> byInterface = new HashMap<>();
    private final Map<IpAddress, Integer> byAddress = new HashMap<>();
    private final Set<IpAddress> ofContext = new HashSet<>();
    private final Set<String> nats = new HashSet<>();

    /// By number: one that stands for the same addresses, itself in the end. Nobody has number 0.
    private final List<Integer> sameAs = new ArrayList<>(List.of(0));

    private InterfaceAddresses() {}

    static InterfaceAddresses of(Catalog catalog) {
        InterfaceAddresses known = new InterfaceAddresses();
        Table flows = catalog.table(List.of(FLOWS));
        Map<String, SegmentAddresses.Seen> seen =
                flows != null && flows.source() instanceof Table.Segments(TableSnapshot snapshot)
                        ? seen(snapshot.segments())
                        : Map.of();
        known.takeContext(catalog, seen.keySet());
        known.takeRecords(seen);
        return known;
    }

    long interfaceNumber(String interfaceId) {
        return number(byInterface.getOrDefault(interfaceId, 0));
    }

    long addressNumber(IpAddress address) {
        return number(byAddress.getOrDefault(address, 0));
    }

    /// Whether `address` is an interface's, with records or by the context.
    boolean isInterfaces(IpAddress address) {
        return byAddress.containsKey(address) || ofContext.contains(address);
    }

    boolean isNat(String interfaceId) {
        return nats.contains(interfaceId);
    }

    private int number(int given) {
        int number = given;
        while (sameAs.get(number) != number) {
            number = sameAs.get(number);
        }
        return number;
    }

    /// What the records of each interface show. Segments are read by several threads.
    private static Map<String, SegmentAddresses.Seen> seen(List<SegmentReader> segments) {
        Map<String, SegmentAddresses.Seen> all = new HashMap<>();
        segments.parallelStream()
                .map(SegmentAddresses::of)
                .toList()
                .forEach(inSegment ->
                        inSegment.forEach((id, seen) ->
                                all.computeIfAbsent(id, _ -> new SegmentAddresses.Seen())
                                        .add(seen)));
        return all;
    }

    private void takeContext(Catalog catalog, Set<String> withRecords) {
        for (@Nullable String[] row :
                TextRows.read(
                        catalog,
                        ContextTable.NETWORK_INTERFACES,
                        "interface_id",
                        "address",
                        "interface_type")) {
            IpAddress address = row[1] == null ? null : IpAddress.parse(row[1]);
            if (address != null) {
                ofContext.add(address);
            }
            if (row[0] != null && address != null && withRecords.contains(row[0])) {
                own(row[0], address);
            }
            if (row[0] != null && row[2] != null && row[2].contains("nat_gateway")) {
                nats.add(row[0]);
            }
        }
    }

    private void takeRecords(Map<String, SegmentAddresses.Seen> all) {
        Set<String> settled = Set.copyOf(byInterface.keySet());
        Map<String, List<List<IpAddress>>> unsettled = new HashMap<>();
        all.forEach((id, seen) -> {
            if (seen.isNat()) {
                nats.add(id);
            }
            if (!settled.contains(id)) {
                settle(id, seen, unsettled);
            }
        });
        // Where an interface has one peer only, both addresses are common to its records: then its
        // own is the one that is no other interface's.
        unsettled.forEach((id, choices) -> choices.forEach(choice -> settle(id, choice)));
    }

    private void settle(
            String id, SegmentAddresses.Seen seen, Map<String, List<List<IpAddress>>> unsettled) {
        for (List<IpAddress> common : seen.common()) {
            if (common.size() == 1) {
                own(id, common.getFirst());
            } else if (!common.isEmpty()) {
                unsettled.computeIfAbsent(id, _ -> new ArrayList<>()).add(common);
            }
        }
    }

    private void settle(String id, List<IpAddress> choice) {
        List<IpAddress> left =
                choice.stream().filter(address -> !byAddress.containsKey(address)).toList();
        if (left.size() > 1) {
            left = left.stream().filter(PrivateAddresses::contain).toList();
        }
        if (left.size() == 1) {
            own(id, left.getFirst());
        }
    }

    private void own(String id, IpAddress address) {
        int number =
                byInterface.computeIfAbsent(
                        id,
                        _ -> {
                            sameAs.add(sameAs.size());
                            return sameAs.size() - 1;
                        });
        Integer other = byAddress.putIfAbsent(address, number);
        if (other != null) {
            sameAs.set(number(number), number(other));
        }
    }
}
