// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.util.List;
import weir.engine.segment.StorageHints;
import weir.engine.segment.StorageHints.Link;
import weir.engine.segment.StorageHints.Pair;

/// How the columns of flow logs predict each other.
///
/// An interface owns one of a flow's two addresses, and one of the two ports is a service's. So
/// rows stand together by interface, then by peer address, then by service port, and what follows
/// from the interface (account, VPC, subnet, instance, zone) comes in long runs.
public final class FlowHints {
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
                    List.of(List.of("srcport", "dstport")));

    private FlowHints() {}
}
