// SPDX-License-Identifier: Apache-2.0
package weir.testkit.record;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The 54 documented fields of a VPC flow log record, in AWS's order. Immutable.
public enum LogField {
    VERSION("version", 2, true),
    ACCOUNT_ID("account-id", 2, false),
    INTERFACE_ID("interface-id", 2, false),
    SRCADDR("srcaddr", 2, false),
    DSTADDR("dstaddr", 2, false),
    SRCPORT("srcport", 2, true),
    DSTPORT("dstport", 2, true),
    PROTOCOL("protocol", 2, true),
    PACKETS("packets", 2, true),
    BYTES("bytes", 2, true),
    START("start", 2, true),
    END("end", 2, true),
    ACTION("action", 2, false),
    LOG_STATUS("log-status", 2, false),
    VPC_ID("vpc-id", 3, false),
    SUBNET_ID("subnet-id", 3, false),
    INSTANCE_ID("instance-id", 3, false),
    TCP_FLAGS("tcp-flags", 3, true),
    TYPE("type", 3, false),
    PKT_SRCADDR("pkt-srcaddr", 3, false),
    PKT_DSTADDR("pkt-dstaddr", 3, false),
    REGION("region", 4, false),
    AZ_ID("az-id", 4, false),
    SUBLOCATION_TYPE("sublocation-type", 4, false),
    SUBLOCATION_ID("sublocation-id", 4, false),
    PKT_SRC_AWS_SERVICE("pkt-src-aws-service", 5, false),
    PKT_DST_AWS_SERVICE("pkt-dst-aws-service", 5, false),
    FLOW_DIRECTION("flow-direction", 5, false),
    TRAFFIC_PATH("traffic-path", 5, true),
    ECS_CLUSTER_ARN("ecs-cluster-arn", 7, false),
    ECS_CLUSTER_NAME("ecs-cluster-name", 7, false),
    ECS_CONTAINER_INSTANCE_ARN("ecs-container-instance-arn", 7, false),
    ECS_CONTAINER_INSTANCE_ID("ecs-container-instance-id", 7, false),
    ECS_CONTAINER_ID("ecs-container-id", 7, false),
    ECS_SECOND_CONTAINER_ID("ecs-second-container-id", 7, false),
    ECS_SERVICE_NAME("ecs-service-name", 7, false),
    ECS_TASK_DEFINITION_ARN("ecs-task-definition-arn", 7, false),
    ECS_TASK_ARN("ecs-task-arn", 7, false),
    ECS_TASK_ID("ecs-task-id", 7, false),
    REJECT_REASON("reject-reason", 8, false),
    RESOURCE_ID("resource-id", 9, false),
    ENCRYPTION_STATUS("encryption-status", 10, true),
    INSTANCE_TAG("instance-tag", 11, false),
    INSTANCE_TAG_2("instance-tag-2", 11, false),
    INTERFACE_TAG("interface-tag", 11, false),
    INTERFACE_TAG_2("interface-tag-2", 11, false),
    ASG_TAG("asg-tag", 11, false),
    ASG_TAG_2("asg-tag-2", 11, false),
    INTERFACE_TYPE("interface-type", 11, false),
    NEXT_HOP_INTERFACE_ID("next-hop-interface-id", 11, false),
    NEXT_HOP_SUBNET_ID("next-hop-subnet-id", 11, false),
    NEXT_HOP_AZ_ID("next-hop-az-id", 11, false),
    NEXT_HOP_VPC_ID("next-hop-vpc-id", 11, false),
    NEXT_HOP_INTERFACE_TYPE("next-hop-interface-type", 11, false);

    private static final Map<String, LogField> BY_HEADER = byHeader();

    private final String header;
    private final String column;
    private final int version;
    private final boolean integer;

    LogField(String header, int version, boolean integer) {
        this.header = header;
        this.column = header.replace('-', '_');
        this.version = version;
        this.integer = integer;
    }

    /// The name in the first line of a file, such as `pkt-srcaddr`.
    public String header() {
        return header;
    }

    /// The name Athena shows, such as `pkt_srcaddr`.
    public String column() {
        return column;
    }

    /// The record version that brought the field, 2 to 11.
    public int version() {
        return version;
    }

    /// Whether Athena shows it as a number (else as text).
    public boolean isInteger() {
        return integer;
    }

    /// The field of a header name, or null when AWS documents none of that name.
    public static @Nullable LogField ofHeader(String name) {
        return BY_HEADER.get(name.toLowerCase(Locale.ROOT));
    }

    private static Map<String, LogField> byHeader() {
        Map<String, LogField> fields = new HashMap<>();
        for (LogField field : values()) {
            fields.put(field.header, field);
        }
        return Map.copyOf(fields);
    }
}
