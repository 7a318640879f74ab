// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names for the numbers in flow logs: Weir's own.
final class FlowFunctions {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    /// AWS's meanings of the field traffic-path, from 1 on.
    private static final String[] PATHS = {
        "same VPC",
        "internet gateway or gateway VPC endpoint",
        "virtual private gateway",
        "intra-region VPC peering",
        "inter-region VPC peering",
        "local gateway",
        "gateway VPC endpoint",
        "internet gateway"
    };

    private FlowFunctions() {}

    static List<Definition> definitions() {
        Definitions flows = new Definitions(Definition.Kind.FLOW);
        flows.define(
                        "protocol_name",
                        "bigint",
                        "varchar",
                        "IANA's keyword of a protocol number: TCP, UDP, ICMP; NULL without one")
                .total()
                .is(a -> AssignedNames.protocol(Args.number(a, 0)));
        flows.define(
                        "service_name",
                        "bigint, bigint",
                        "varchar",
                        "IANA's name of the service at a port of a protocol (6 or 17), or NULL")
                .total()
                .is(a -> AssignedNames.service(Args.number(a, 0), Args.number(a, 1)));
        flows.define(
                        "service_name",
                        "bigint, varchar",
                        "varchar",
                        "The same with the protocol as text, tcp or udp")
                .total()
                .is(a -> AssignedNames.service(Args.number(a, 0), Args.text(a, 1)));
        flows.define(
                        "tcp_flags_text",
                        "bigint",
                        "varchar",
                        "The names of TCP flags: 18 is SYN,ACK; empty for 0")
                .is(a -> flags(Args.number(a, 0)));
        flows.define(
                        "traffic_path_name",
                        "bigint",
                        "varchar",
                        "What AWS calls a traffic path, 1 to 8; NULL for others")
                .total()
                .is(a -> path(Args.number(a, 0)));
        return flows.list();
    }

    private static String flags(long bits) {
        if (bits < 0 || bits > 255) {
            throw Args.invalid("TCP flags are a number from 0 to 255, not " + bits);
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < FLAGS.length; i++) {
            if ((bits >> i & 1) != 0) {
                names.append(names.isEmpty() ? "" : ",").append(FLAGS[i]);
            }
        }
        return names.toString();
    }

    private static @Nullable String path(long number) {
        return number >= 1 && number <= PATHS.length ? PATHS[(int) number - 1] : null;
    }
}
