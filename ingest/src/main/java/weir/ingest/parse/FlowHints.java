// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import weir.engine.segment.StorageHints;
import weir.engine.segment.StorageHints.Link;
import weir.engine.segment.StorageHints.Pair;
import weir.engine.segment.StorageHints.Summary;
import weir.ingest.record.FlowField;
import weir.ingest.record.FlowFormat;

/// How the columns of flow logs predict each other.
///
/// An interface owns one of a flow's two addresses, and one of the two ports is a service's. So
/// rows stand together by interface, then by peer address, then by service port, and what follows
/// from the interface (account, VPC, subnet, instance, zone) comes in long runs.
public final class FlowHints {
    private static final List<String> SUMS = List.of("bytes", "packets");

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

    /// Hints for the table of flow records.
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

    /// Fields of which an interface mostly has the same value.
    private static final Set<FlowField> OF_INTERFACE =
            EnumSet.of(
                    FlowField.ACCOUNT_ID,
                    FlowField.VPC_ID,
                    FlowField.SUBNET_ID,
                    FlowField.INSTANCE_ID,
                    FlowField.REGION,
                    FlowField.AZ_ID,
                    FlowField.SUBLOCATION_TYPE,
                    FlowField.SUBLOCATION_ID,
                    FlowField.INTERFACE_TYPE);

    private FlowHints() {}

    /// The field of `format` that mostly says what field `index` is; -1 when there is none.
    static int guide(FlowFormat format, int index) {
        for (FlowField field : OF_INTERFACE) {
            if (isField(format, index, field)) {
                return indexOf(format, FlowField.INTERFACE_ID);
            }
        }
        if (isField(format, index, FlowField.PKT_SRCADDR)) {
            return indexOf(format, FlowField.SRCADDR);
        }
        return isField(format, index, FlowField.PKT_DSTADDR)
                ? indexOf(format, FlowField.DSTADDR)
                : -1;
    }

    private static boolean isField(FlowFormat format, int index, FlowField field) {
        return format.field(index).column().equals(field.column());
    }

    private static int indexOf(FlowFormat format, FlowField field) {
        for (int i = 0; i < format.size(); i++) {
            if (isField(format, i, field)) {
                return i;
            }
        }
        return -1;
    }
}
