// SPDX-License-Identifier: Apache-2.0
package weir.query.lookup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.ContextTable;

/// What AWS's command line and AWS's list of ranges say, as rows of tables of context.
final class AwsRows {
    /// By the name of the array that the objects stand in.
    static final Map<String, ContextTable> ARRAYS =
            Map.of(
                    "Subnets", ContextTable.SUBNETS,
                    "prefixes", ContextTable.AWS_IP_RANGES,
                    "ipv6_prefixes", ContextTable.AWS_IP_RANGES,
                    "NetworkInterfaces", ContextTable.NETWORK_INTERFACES,
                    "Vpcs", ContextTable.VPCS,
                    "SecurityGroups", ContextTable.SECURITY_GROUP_RULES,
                    "VpcEndpoints", ContextTable.VPC_ENDPOINTS,
                    "VpcPeeringConnections", ContextTable.VPC_PEERINGS);

    private static final Map<String, Long> PROTOCOLS =
            Map.of("tcp", 6L, "udp", 17L, "icmp", 1L, "icmpv6", 58L);
    private static final long PORT_MAX = 65_535;

    /// AWS allows a few dozen blocks on each side.
    private static final int PAIRS_MAX = 100_000;

    private AwsRows() {}

    /// The rows of one object, values in the order of the table's columns.
    ///
    /// @throws LookupException when a part is not what AWS writes there, with the line
    static List<@Nullable Object[]> of(ContextTable table, Element element) {
        return switch (table) {
            case SUBNETS -> subnet(element);
            case AWS_IP_RANGES -> range(element);
            case NETWORK_INTERFACES -> networkInterface(element);
            case VPCS -> vpc(element);
            case SECURITY_GROUP_RULES -> securityGroup(element);
            case VPC_ENDPOINTS -> endpoint(element);
            case VPC_PEERINGS -> peering(element);
        };
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private static List<@Nullable Object[]> subnet(Element subnet) {
        List<String> blocks = blocks(subnet, "CidrBlock");
        for (Element more : subnet.objects("Ipv6CidrBlockAssociationSet")) {
            blocks.addAll(blocks(more, "Ipv6CidrBlock"));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String block : blocks) {
            rows.add(
                    row(
                            block,
                            subnet.required("SubnetId"),
                            subnet.tagName(),
                            subnet.text("VpcId"),
                            subnet.text("AvailabilityZone"),
                            subnet.text("AvailabilityZoneId"),
                            subnet.text("OwnerId"),
                            null));
        }
        return rows;
    }

    private static List<String> blocks(Element element, String name) {
        String block = element.block(name);
        List<String> blocks = new ArrayList<>();
        if (block != null) {
            blocks.add(block);
        }
        return blocks;
    }

    private static List<@Nullable Object[]> range(Element range) {
        String block = range.block("ip_prefix");
        block = block == null ? range.block("ipv6_prefix") : block;
        if (block == null) {
            throw range.failure("there is no ip_prefix and no ipv6_prefix");
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(
                row(
                        block,
                        range.required("service"),
                        range.text("region"),
                        range.text("network_border_group")));
        return rows;
    }

    private static List<@Nullable Object[]> networkInterface(Element eni) {
        String groups =
                eni.objects("Groups").stream()
                        .map(group -> group.required("GroupId"))
                        .collect(Collectors.joining(","));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Element address : eni.objects("PrivateIpAddresses")) {
            rows.add(
                    address(
                            eni,
                            groups,
                            address.address("PrivateIpAddress"),
                            address.object("Association").address("PublicIp"),
                            address.truth("Primary")));
        }
        if (rows.isEmpty() && eni.address("PrivateIpAddress") != null) {
            rows.add(
                    address(
                            eni,
                            groups,
                            eni.address("PrivateIpAddress"),
                            eni.object("Association").address("PublicIp"),
                            1L));
        }
        for (Element address : eni.objects("Ipv6Addresses")) {
            rows.add(address(eni, groups, address.address("Ipv6Address"), null, null));
        }
        if (rows.isEmpty()) {
            rows.add(address(eni, groups, null, null, null));
        }
        return rows;
    }

    private static @Nullable Object[] address(
            Element eni,
            String groups,
            @Nullable String address,
            @Nullable String publicAddress,
            @Nullable Long isPrimary) {
        return row(
                eni.required("NetworkInterfaceId"),
                address,
                publicAddress,
                isPrimary,
                eni.tagName(),
                eni.text("Description"),
                eni.text("InterfaceType"),
                eni.object("Attachment").text("InstanceId"),
                eni.text("SubnetId"),
                eni.text("VpcId"),
                eni.text("AvailabilityZone"),
                eni.text("OwnerId"),
                eni.text("RequesterId"),
                eni.text("Status"),
                groups.isEmpty() ? null : groups);
    }

    private static List<@Nullable Object[]> vpc(Element vpc) {
        List<String> blocks = new ArrayList<>();
        for (Element more : vpc.objects("CidrBlockAssociationSet")) {
            blocks.addAll(blocks(more, "CidrBlock"));
        }
        if (blocks.isEmpty()) {
            blocks.addAll(blocks(vpc, "CidrBlock"));
        }
        for (Element more : vpc.objects("Ipv6CidrBlockAssociationSet")) {
            blocks.addAll(blocks(more, "Ipv6CidrBlock"));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String block : blocks) {
            rows.add(
                    row(
                            vpc.required("VpcId"),
                            block,
                            vpc.tagName(),
                            vpc.text("OwnerId"),
                            vpc.truth("IsDefault")));
        }
        return rows;
    }

    private static List<@Nullable Object[]> securityGroup(Element group) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Element rule : group.objects("IpPermissions")) {
            addRule(rows, group, rule, "ingress");
        }
        for (Element rule : group.objects("IpPermissionsEgress")) {
            addRule(rows, group, rule, "egress");
        }
        return rows;
    }

    private static void addRule(
            List<@Nullable Object[]> rows, Element group, Element rule, String direction) {
        for (Element range : rule.objects("IpRanges")) {
            rows.add(rule(group, rule, direction, peer("cidr", range.block("CidrIp"), range)));
        }
        for (Element range : rule.objects("Ipv6Ranges")) {
            rows.add(rule(group, rule, direction, peer("cidr", range.block("CidrIpv6"), range)));
        }
        for (Element pair : rule.objects("UserIdGroupPairs")) {
            rows.add(rule(group, rule, direction, peer("group", pair.text("GroupId"), pair)));
        }
        for (Element list : rule.objects("PrefixListIds")) {
            rows.add(rule(group, rule, direction, peer("list", list.text("PrefixListId"), list)));
        }
    }

    /// What a rule lets in or out, under what it is: `cidr`, `group`, `list`; and its description.
    private static Map<String, @Nullable String> peer(
            String kind, @Nullable String id, Element element) {
        Map<String, @Nullable String> peer = new HashMap<>();
        peer.put(kind, id);
        peer.put("description", element.text("Description"));
        return peer;
    }

    private static @Nullable Object[] rule(
            Element group, Element rule, String direction, Map<String, @Nullable String> peer) {
        Long protocol = protocol(rule);
        // Of protocols without ports a rule has types and codes there, and -1 is all of them.
        boolean hasPorts = protocol != null && (protocol == 6 || protocol == 17);
        Long from = hasPorts ? rule.number("FromPort") : null;
        Long to = hasPorts ? rule.number("ToPort") : null;
        return row(
                group.required("GroupId"),
                group.text("GroupName"),
                group.text("VpcId"),
                group.text("OwnerId"),
                direction,
                protocol,
                from == null || from < 0 ? (Long) 0L : from,
                to == null || to < 0 ? (Long) PORT_MAX : to,
                peer.get("cidr"),
                peer.get("group"),
                peer.get("list"),
                peer.get("description"));
    }

    private static @Nullable Long protocol(Element rule) {
        String text = rule.required("IpProtocol").toLowerCase(Locale.ROOT);
        Long named = PROTOCOLS.get(text);
        if (named != null) {
            return named;
        }
        Long number = rule.number("IpProtocol");
        return number == null || number < 0 ? null : number;
    }

    private static List<@Nullable Object[]> endpoint(Element endpoint) {
        String service = endpoint.text("ServiceName");
        List<@Nullable String> interfaces = new ArrayList<>(endpoint.texts("NetworkInterfaceIds"));
        if (interfaces.isEmpty()) {
            interfaces.add(null);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String eni : interfaces) {
            rows.add(
                    row(
                            endpoint.required("VpcEndpointId"),
                            endpoint.text("VpcEndpointType"),
                            service,
                            service == null
                                    ? null
                                    : service.substring(service.lastIndexOf('.') + 1),
                            endpoint.text("VpcId"),
                            eni,
                            endpoint.tagName(),
                            endpoint.text("State"),
                            endpoint.text("OwnerId")));
        }
        return rows;
    }

    private static List<@Nullable Object[]> peering(Element peering) {
        Element requester = peering.object("RequesterVpcInfo");
        Element accepter = peering.object("AccepterVpcInfo");
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<String> ofAccepter = peerBlocks(accepter);
        for (String from : peerBlocks(requester)) {
            if (rows.size() > PAIRS_MAX) {
                throw peering.failure(
                        "the two sides have more than " + PAIRS_MAX + " pairs of blocks");
            }
            for (String to : ofAccepter) {
                rows.add(
                        row(
                                peering.required("VpcPeeringConnectionId"),
                                peering.tagName(),
                                peering.object("Status").text("Code"),
                                requester.text("VpcId"),
                                requester.text("OwnerId"),
                                requester.text("Region"),
                                from.isEmpty() ? null : from,
                                accepter.text("VpcId"),
                                accepter.text("OwnerId"),
                                accepter.text("Region"),
                                to.isEmpty() ? null : to));
            }
        }
        return rows;
    }

    /// The blocks of one side; one empty text where it has none.
    private static List<String> peerBlocks(Element side) {
        List<String> blocks = new ArrayList<>();
        for (Element more : side.objects("CidrBlockSet")) {
            blocks.addAll(blocks(more, "CidrBlock"));
        }
        if (blocks.isEmpty()) {
            blocks.addAll(blocks(side, "CidrBlock"));
        }
        for (Element more : side.objects("Ipv6CidrBlockSet")) {
            blocks.addAll(blocks(more, "Ipv6CidrBlock"));
        }
        return blocks.isEmpty() ? List.of("") : blocks;
    }
}
