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

/// Which addresses are interfaces' own. A table of context says it; of other interfaces their
/// records do: an interface's own address is the one that is common to them. Immutable.
///
/// Interfaces with one address, in VPCs with the same blocks, have the same number: numbers tell
/// whose side of a flow is whose, not which interface it was.
final class InterfaceAddresses {
    private static final String FLOWS = "vpc_flow_logs";

    private final Map<String, Long> byInterface = new HashMap<>();
    private final Map<IpAddress, Long> byAddress = new HashMap<>();
    private final Set<String> nats = new HashSet<>();
    private long numbers;

    private InterfaceAddresses() {}

    static InterfaceAddresses of(Catalog catalog) {
        InterfaceAddresses known = new InterfaceAddresses();
        known.takeContext(catalog);
        Table flows = catalog.table(List.of(FLOWS));
        if (flows != null && flows.source() instanceof Table.Segments(TableSnapshot snapshot)) {
            known.takeRecords(snapshot.segments());
        }
        return known;
    }

    long interfaceNumber(String interfaceId) {
        return byInterface.getOrDefault(interfaceId, 0L);
    }

    long addressNumber(IpAddress address) {
        return byAddress.getOrDefault(address, 0L);
    }

    boolean isNat(String interfaceId) {
        return nats.contains(interfaceId);
    }

    private void takeContext(Catalog catalog) {
        for (@Nullable String[] row :
                TextRows.read(
                        catalog,
                        ContextTable.NETWORK_INTERFACES,
                        "interface_id",
                        "address",
                        "interface_type")) {
            IpAddress address = row[1] == null ? null : IpAddress.parse(row[1]);
            if (row[0] != null && address != null) {
                own(row[0], address);
            }
            if (row[0] != null && row[2] != null && row[2].contains("nat_gateway")) {
                nats.add(row[0]);
            }
        }
    }

    private void takeRecords(List<SegmentReader> segments) {
        Map<String, SegmentAddresses.Seen> all = new HashMap<>();
        segments.parallelStream()
                .map(SegmentAddresses::of)
                .toList()
                .forEach(inSegment ->
                        inSegment.forEach((id, seen) ->
                                all.computeIfAbsent(id, _ -> new SegmentAddresses.Seen())
                                        .add(seen)));
        Set<String> ofContext = Set.copyOf(byInterface.keySet());
        Map<String, List<List<IpAddress>>> unsettled = new HashMap<>();
        all.forEach((id, seen) -> {
            if (seen.isNat()) {
                nats.add(id);
            }
            if (!ofContext.contains(id)) {
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
        Long number = byAddress.get(address);
        if (number == null) {
            number = byInterface.computeIfAbsent(id, _ -> ++numbers);
            byAddress.put(address, number);
        } else {
            byInterface.putIfAbsent(id, number);
        }
    }
}
