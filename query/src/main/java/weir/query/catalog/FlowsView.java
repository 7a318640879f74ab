// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `flows`: the records that tell of traffic (`log_status` OK) with what logs leave open filled in.
///
/// It has every column of `vpc_flow_logs`, those that no log has hidden, and behind them:
///
/// - `direction`: `ingress` or `egress`, by the log, else by which side is the interface's own
///   address, else by which side is private; `direction_inferred` tells that no log said it;
/// - `source`, `destination`: the addresses of the packets, where the log has them (`pkt_srcaddr`),
///   else those of the record; and their classes, `private`, `aws` or `public`;
/// - `source_service`, `destination_service`: of AWS, by the log, else by AWS's list of ranges;
/// - `counted`: whether the record is the one that counts among those of both interfaces and of NAT
///   gateways: the one where the source's own interface saw it, else the destination's, else all;
///   logs without `interface_id` count what leaves and what comes in from outside.
///
/// The text of the query follows from what the logs hold, so that nothing is computed for fields
/// that are not there.
final class FlowsView {
    static final String NAME = "flows";

    private final Set<String> held = new HashSet<>();
    private final Table records;

    private FlowsView(Table records) {
        this.records = records;
        for (TableColumn column : records.columns()) {
            if (!column.isHidden()) {
                held.add(column.name());
            }
        }
    }

    /// The view over `records`, the table of the logs.
    static Table of(Table records) {
        FlowsView view = new FlowsView(records);
        Set<String> hidden =
                records.columns().stream()
                        .filter(TableColumn::isHidden)
                        .map(TableColumn::name)
                        .collect(Collectors.toUnmodifiableSet());
        return new Table(NAME, List.of(), new Table.View(view.sql(), hidden));
    }

    private String sql() {
        List<String> columns = new ArrayList<>();
        for (TableColumn column : records.columns()) {
            columns.add('"' + column.name().replace("\"", "\"\"") + '"');
        }
        columns.add(direction() + " AS direction");
        columns.add(inferred() + " AS direction_inferred");
        columns.add(address("src") + " AS source");
        columns.add(address("dst") + " AS destination");
        columns.add(addressClass("src") + " AS source_class");
        columns.add(addressClass("dst") + " AS destination_class");
        columns.add(service("src") + " AS source_service");
        columns.add(service("dst") + " AS destination_service");
        columns.add(counted() + " AS counted");
        return "SELECT "
                + String.join(",\n  ", columns)
                + "\nFROM "
                + records.name()
                + (held.contains("log_status") ? "\nWHERE log_status = 'OK'" : "");
    }

    private String direction() {
        String known =
                held.contains("flow_direction")
                        ? """
                        WHEN flow_direction = 'egress' THEN 'egress' \
                        WHEN flow_direction = 'ingress' THEN 'ingress' \
                        """
                        : "";
        return "CASE "
                + known
                + """
                WHEN address_number(srcaddr) = interface_number(interface_id) THEN 'egress' \
                WHEN address_number(dstaddr) = interface_number(interface_id) THEN 'ingress' \
                WHEN address_class(srcaddr) = 'private' THEN 'egress' ELSE 'ingress' END\
                """;
    }

    private String inferred() {
        return held.contains("flow_direction")
                ? "flow_direction NOT IN ('ingress', 'egress')"
                : "TRUE";
    }

    /// The address of the packet where there is one, else of the record.
    private String address(String side) {
        String packet = "pkt_" + side + "addr";
        return held.contains(packet)
                ? "CASE WHEN %s <> '-' THEN %s ELSE %saddr END".formatted(packet, packet, side)
                : side + "addr";
    }

    private String classOf(String side) {
        return "address_class(" + address(side) + ")";
    }

    private String addressClass(String side) {
        String service = "pkt_" + side + "_aws_service";
        return held.contains(service)
                ? "CASE WHEN %s <> '-' AND %s = 'public' THEN 'aws' ELSE %s END"
                        .formatted(service, classOf(side), classOf(side))
                : classOf(side);
    }

    private String service(String side) {
        String service = "pkt_" + side + "_aws_service";
        String byList = "aws_service_of(" + address(side) + ")";
        return held.contains(service)
                ? "CASE WHEN %s <> '-' THEN %s ELSE %s END".formatted(service, service, byList)
                : byList;
    }

    private String counted() {
        if (!held.contains("interface_id")) {
            // What comes from one's own network left an interface that says so.
            return held.contains("flow_direction")
                    ? "flow_direction <> 'ingress' OR " + classOf("src") + " <> 'private'"
                    : "TRUE";
        }
        List<String> cases = new ArrayList<>();
        if (held.contains("resource_id")) {
            // A regional NAT gateway has no interface; its outer legs are between public addresses.
            cases.add(
                    "WHEN resource_id <> '-' AND %s <> 'private' AND %s <> 'private' THEN FALSE"
                            .formatted(classOf("src"), classOf("dst")));
        }
        // The interface whose record counts, if any: those of NAT gateways repeat what the hosts
        // behind them say.
        String whose =
                "coalesce(address_number(%s), address_number(%s))"
                        .formatted(address("src"), address("dst"));
        cases.add("WHEN %s IS NULL THEN TRUE".formatted(whose));
        cases.add("WHEN is_nat_interface(interface_id) THEN FALSE");
        return "CASE %s ELSE coalesce(%s = interface_number(interface_id), FALSE) END"
                .formatted(String.join(" ", cases), whose);
    }
}
