// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import weir.engine.segment.StorageHints;
import weir.engine.segment.StorageHints.Link;
import weir.engine.segment.StorageHints.Pair;
import weir.engine.segment.StorageHints.Summary;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;
import weir.ingest.record.RecordTable;

/// How the columns of flow logs predict each other.
///
/// An interface owns one of a flow's two addresses, and one of the two ports is a service's. So
/// rows stand together by interface, then by peer address, then by service port, and what follows
/// from the interface (account, VPC, subnet, instance, zone) comes in long runs. At a transit
/// gateway an attachment stands for the interface, but owns no address.
public final class FlowHints {
    private static final List<String> SUMS = List.of("bytes", "packets");

    private static final List<String> SUMS_OF_TRANSIT_GATEWAYS =
            List.of(
                    "bytes",
                    "packets",
                    "packets_lost_no_route",
                    "packets_lost_blackhole",
                    "packets_lost_mtu_exceeded",
                    "packets_lost_ttl_expired");

    /// What most questions group by, without the addresses and ports of single flows: when, where
    /// and which way, who sent, who received.
    private static final List<Summary> SUMMARIES =
            List.of(
                    new Summary(
                            List.of(
                                    "start",
                                    "action",
                                    "log_status",
                                    "protocol",
                                    "flow_direction",
                                    "type"),
                            SUMS),
                    new Summary(
                            List.of(
                                    "interface_id",
                                    "action",
                                    "log_status",
                                    "flow_direction",
                                    "traffic_path",
                                    "account_id",
                                    "vpc_id",
                                    "subnet_id",
                                    "instance_id",
                                    "az_id",
                                    "region",
                                    "pkt_src_aws_service",
                                    "pkt_dst_aws_service",
                                    "type",
                                    "protocol",
                                    "sublocation_type",
                                    "sublocation_id",
                                    "interface_type",
                                    "reject_reason",
                                    "encryption_status"),
                            SUMS),
                    new Summary(List.of("srcaddr", "action", "log_status"), SUMS),
                    new Summary(List.of("dstaddr", "action", "log_status"), SUMS));

    /// Hints for the table of records of VPCs.
    public static final StorageHints HINTS =
            new StorageHints(
                    "interface_id",
                    List.of(
                            new Pair("srcaddr", "dstaddr", "interface_id"),
                            new Pair("srcport", "dstport", null)),
                    List.of(new Link("pkt_srcaddr", "srcaddr"), new Link("pkt_dstaddr", "dstaddr")),
                    List.of(new Link("end", "start")),
                    List.of(
                            List.of(
                                    "protocol",
                                    "action",
                                    "log_status",
                                    "tcp_flags",
                                    "type",
                                    "flow_direction",
                                    "traffic_path",
                                    "pkt_src_aws_service",
                                    "pkt_dst_aws_service",
                                    "reject_reason",
                                    "encryption_status")),
                    List.of(List.of("srcport", "dstport")),
                    SUMMARIES);

    private static final List<Summary> SUMMARIES_OF_TRANSIT_GATEWAYS =
            List.of(
                    new Summary(
                            List.of("start", "log_status", "protocol", "flow_direction", "type"),
                            SUMS_OF_TRANSIT_GATEWAYS),
                    new Summary(
                            List.of(
                                    "tgw_attachment_id",
                                    "tgw_pair_attachment_id",
                                    "tgw_id",
                                    "resource_type",
                                    "log_status",
                                    "flow_direction",
                                    "account_id",
                                    "region",
                                    "tgw_src_vpc_account_id",
                                    "tgw_dst_vpc_account_id",
                                    "tgw_src_vpc_id",
                                    "tgw_dst_vpc_id",
                                    "tgw_src_az_id",
                                    "tgw_dst_az_id",
                                    "type",
                                    "protocol"),
                            SUMS_OF_TRANSIT_GATEWAYS),
                    new Summary(List.of("srcaddr", "log_status"), SUMS_OF_TRANSIT_GATEWAYS),
                    new Summary(List.of("dstaddr", "log_status"), SUMS_OF_TRANSIT_GATEWAYS));

    private static final StorageHints OF_TRANSIT_GATEWAYS =
            new StorageHints(
                    "tgw_attachment_id",
                    List.of(
                            new Pair("srcaddr", "dstaddr", "tgw_src_eni"),
                            new Pair("srcport", "dstport", null)),
                    List.of(),
                    List.of(new Link("end", "start")),
                    List.of(
                            List.of(
                                    "protocol",
                                    "log_status",
                                    "tcp_flags",
                                    "type",
                                    "flow_direction",
                                    "pkt_src_aws_service",
                                    "pkt_dst_aws_service",
                                    "packets_lost_no_route",
                                    "packets_lost_blackhole",
                                    "packets_lost_mtu_exceeded",
                                    "packets_lost_ttl_expired")),
                    List.of(List.of("srcport", "dstport")),
                    SUMMARIES_OF_TRANSIT_GATEWAYS);

    /// For each field that mostly has one value where another field has one, that field.
    private static final Map<FlowField, FlowField> GUIDES = guides();

    private FlowHints() {}

    /// Hints for `table`.
    public static StorageHints of(RecordTable table) {
        return table == RecordTable.VPC ? HINTS : OF_TRANSIT_GATEWAYS;
    }

    private static Map<FlowField, FlowField> guides() {
        Map<FlowField, FlowField> guides = new EnumMap<>(FlowField.class);
        for (FlowField field :
                List.of(
                        FlowField.ACCOUNT_ID,
                        FlowField.VPC_ID,
                        FlowField.SUBNET_ID,
                        FlowField.INSTANCE_ID,
                        FlowField.REGION,
                        FlowField.AZ_ID,
                        FlowField.SUBLOCATION_TYPE,
                        FlowField.SUBLOCATION_ID,
                        FlowField.INTERFACE_TYPE)) {
            guides.put(field, FlowField.INTERFACE_ID);
        }
        guides.put(FlowField.PKT_SRCADDR, FlowField.SRCADDR);
        guides.put(FlowField.PKT_DSTADDR, FlowField.DSTADDR);
        for (FlowField field :
                List.of(
                        FlowField.TGW_SRC_VPC_ACCOUNT_ID,
                        FlowField.TGW_SRC_VPC_ID,
                        FlowField.TGW_SRC_SUBNET_ID,
                        FlowField.TGW_SRC_AZ_ID)) {
            guides.put(field, FlowField.TGW_SRC_ENI);
        }
        for (FlowField field :
                List.of(
                        FlowField.TGW_DST_VPC_ACCOUNT_ID,
                        FlowField.TGW_DST_VPC_ID,
                        FlowField.TGW_DST_SUBNET_ID,
                        FlowField.TGW_DST_AZ_ID)) {
            guides.put(field, FlowField.TGW_DST_ENI);
        }
        return guides;
    }

    /// The field of `format` that mostly says what field `index` is; -1 when there is none.
    static int guide(FlowFormat format, int index) {
        FlowField field = FlowField.named(format.field(index).name());
        FlowField guide = field == null ? null : GUIDES.get(field);
        return guide == null ? -1 : indexOf(format, guide);
    }

    private static int indexOf(FlowFormat format, FlowField field) {
        for (int i = 0; i < format.size(); i++) {
            if (format.field(i).column().equals(field.column())) {
                return i;
            }
        }
        return -1;
    }
}
