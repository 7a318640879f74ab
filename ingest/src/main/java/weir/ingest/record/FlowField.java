// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;

/// Every documented field of a flow log record: those of VPCs in AWS's order, then those that only
/// transit gateways have. Each with its name in a header line, the record version that brought it,
/// what its text looks like, and the column it becomes.
///
/// Fields that name the same kind of thing share a dictionary, so that their codes compare:
/// addresses, accounts, interfaces, VPCs, subnets, availability zones and attachments.
public enum FlowField {
    VERSION("version", 2, FieldKind.VERSION, ColumnType.INT32),
    ACCOUNT_ID("account-id", 2, FieldKind.TEXT),
    INTERFACE_ID("interface-id", 2, FieldKind.TEXT, "interface"),
    SRCADDR("srcaddr", 2, FieldKind.ADDRESS, "address"),
    DSTADDR("dstaddr", 2, FieldKind.ADDRESS, "address"),
    SRCPORT("srcport", 2, FieldKind.PORT, ColumnType.INT32),
    DSTPORT("dstport", 2, FieldKind.PORT, ColumnType.INT32),
    PROTOCOL("protocol", 2, FieldKind.PROTOCOL, ColumnType.INT64),
    PACKETS("packets", 2, FieldKind.COUNT, ColumnType.INT64),
    BYTES("bytes", 2, FieldKind.COUNT, ColumnType.INT64),
    START("start", 2, FieldKind.SECONDS, ColumnType.INT64),
    END("end", 2, FieldKind.SECONDS, ColumnType.INT64),
    ACTION("action", 2, FieldKind.ACTION),
    LOG_STATUS("log-status", 2, FieldKind.LOG_STATUS),
    VPC_ID("vpc-id", 3, FieldKind.TEXT, "vpc"),
    SUBNET_ID("subnet-id", 3, FieldKind.TEXT, "subnet"),
    INSTANCE_ID("instance-id", 3, FieldKind.TEXT),
    TCP_FLAGS("tcp-flags", 3, FieldKind.SMALL, ColumnType.INT32),
    TYPE("type", 3, FieldKind.TEXT),
    PKT_SRCADDR("pkt-srcaddr", 3, FieldKind.ADDRESS, "address"),
    PKT_DSTADDR("pkt-dstaddr", 3, FieldKind.ADDRESS, "address"),
    REGION("region", 4, FieldKind.TEXT),
    AZ_ID("az-id", 4, FieldKind.TEXT, "az"),
    SUBLOCATION_TYPE("sublocation-type", 4, FieldKind.TEXT),
    SUBLOCATION_ID("sublocation-id", 4, FieldKind.TEXT),
    PKT_SRC_AWS_SERVICE("pkt-src-aws-service", 5, FieldKind.TEXT),
    PKT_DST_AWS_SERVICE("pkt-dst-aws-service", 5, FieldKind.TEXT),
    FLOW_DIRECTION("flow-direction", 5, FieldKind.TEXT),
    TRAFFIC_PATH("traffic-path", 5, FieldKind.SMALL, ColumnType.INT32),
    ECS_CLUSTER_ARN("ecs-cluster-arn", 7, FieldKind.TEXT),
    ECS_CLUSTER_NAME("ecs-cluster-name", 7, FieldKind.TEXT),
    ECS_CONTAINER_INSTANCE_ARN("ecs-container-instance-arn", 7, FieldKind.TEXT),
    ECS_CONTAINER_INSTANCE_ID("ecs-container-instance-id", 7, FieldKind.TEXT),
    ECS_CONTAINER_ID("ecs-container-id", 7, FieldKind.TEXT),
    ECS_SECOND_CONTAINER_ID("ecs-second-container-id", 7, FieldKind.TEXT),
    ECS_SERVICE_NAME("ecs-service-name", 7, FieldKind.TEXT),
    ECS_TASK_DEFINITION_ARN("ecs-task-definition-arn", 7, FieldKind.TEXT),
    ECS_TASK_ARN("ecs-task-arn", 7, FieldKind.TEXT),
    ECS_TASK_ID("ecs-task-id", 7, FieldKind.TEXT),
    REJECT_REASON("reject-reason", 8, FieldKind.TEXT),
    RESOURCE_ID("resource-id", 9, FieldKind.TEXT),
    ENCRYPTION_STATUS("encryption-status", 10, FieldKind.SMALL, ColumnType.INT32),
    INSTANCE_TAG("instance-tag", 11, FieldKind.TEXT),
    INSTANCE_TAG_2("instance-tag-2", 11, FieldKind.TEXT),
    INTERFACE_TAG("interface-tag", 11, FieldKind.TEXT),
    INTERFACE_TAG_2("interface-tag-2", 11, FieldKind.TEXT),
    ASG_TAG("asg-tag", 11, FieldKind.TEXT),
    ASG_TAG_2("asg-tag-2", 11, FieldKind.TEXT),
    INTERFACE_TYPE("interface-type", 11, FieldKind.TEXT),
    NEXT_HOP_INTERFACE_ID("next-hop-interface-id", 11, FieldKind.TEXT, "interface"),
    NEXT_HOP_SUBNET_ID("next-hop-subnet-id", 11, FieldKind.TEXT, "subnet"),
    NEXT_HOP_AZ_ID("next-hop-az-id", 11, FieldKind.TEXT, "az"),
    NEXT_HOP_VPC_ID("next-hop-vpc-id", 11, FieldKind.TEXT, "vpc"),
    NEXT_HOP_INTERFACE_TYPE("next-hop-interface-type", 11, FieldKind.TEXT),
    RESOURCE_TYPE("resource-type", 6, FieldKind.TEXT),
    TGW_ID("tgw-id", 6, FieldKind.TEXT),
    TGW_ATTACHMENT_ID("tgw-attachment-id", 6, FieldKind.TEXT, "attachment"),
    TGW_SRC_VPC_ACCOUNT_ID("tgw-src-vpc-account-id", 6, FieldKind.TEXT, "account_id"),
    TGW_DST_VPC_ACCOUNT_ID("tgw-dst-vpc-account-id", 6, FieldKind.TEXT, "account_id"),
    TGW_SRC_VPC_ID("tgw-src-vpc-id", 6, FieldKind.TEXT, "vpc"),
    TGW_DST_VPC_ID("tgw-dst-vpc-id", 6, FieldKind.TEXT, "vpc"),
    TGW_SRC_SUBNET_ID("tgw-src-subnet-id", 6, FieldKind.TEXT, "subnet"),
    TGW_DST_SUBNET_ID("tgw-dst-subnet-id", 6, FieldKind.TEXT, "subnet"),
    TGW_SRC_ENI("tgw-src-eni", 6, FieldKind.TEXT, "interface"),
    TGW_DST_ENI("tgw-dst-eni", 6, FieldKind.TEXT, "interface"),
    TGW_SRC_AZ_ID("tgw-src-az-id", 6, FieldKind.TEXT, "az"),
    TGW_DST_AZ_ID("tgw-dst-az-id", 6, FieldKind.TEXT, "az"),
    TGW_PAIR_ATTACHMENT_ID("tgw-pair-attachment-id", 6, FieldKind.TEXT, "attachment"),
    PACKETS_LOST_NO_ROUTE("packets-lost-no-route", 6, FieldKind.COUNT, ColumnType.INT64),
    PACKETS_LOST_BLACKHOLE("packets-lost-blackhole", 6, FieldKind.COUNT, ColumnType.INT64),
    PACKETS_LOST_MTU_EXCEEDED("packets-lost-mtu-exceeded", 6, FieldKind.COUNT, ColumnType.INT64),
    PACKETS_LOST_TTL_EXPIRED("packets-lost-ttl-expired", 6, FieldKind.COUNT, ColumnType.INT64);

    /// What an absent text or address reads as, as in Athena.
    public static final String ABSENT_TEXT = "-";

    private static final Map<String, FlowField> BY_NAME = new HashMap<>();

    static {
        for (FlowField field : values()) {
            BY_NAME.put(field.headerName, field);
            BY_NAME.put(columnName(field.headerName), field);
        }
    }

    private final String headerName;
    private final int version;
    private final FieldKind kind;
    private final ColumnType type;
    private final String dictionary;

    FlowField(String headerName, int version, FieldKind kind, ColumnType type) {
        this.headerName = headerName;
        this.version = version;
        this.kind = kind;
        this.type = type;
        this.dictionary = "";
    }

    FlowField(String headerName, int version, FieldKind kind) {
        this(headerName, version, kind, columnName(headerName));
    }

    FlowField(String headerName, int version, FieldKind kind, String dictionary) {
        this.headerName = headerName;
        this.version = version;
        this.kind = kind;
        this.type = kind == FieldKind.ADDRESS ? ColumnType.ADDRESS : ColumnType.TEXT;
        this.dictionary = dictionary;
    }

    /// The column name of a header name: `-` becomes `_`.
    static String columnName(String headerName) {
        return headerName.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// The field with this name, spelled with hyphens or underscores, or null.
    public static @Nullable FlowField named(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /// The name in header lines.
    public String headerName() {
        return headerName;
    }

    /// Whether only records of transit gateways have it.
    public boolean isOfTransitGateway() {
        return compareTo(RESOURCE_TYPE) >= 0;
    }

    /// The record version that brought the field.
    public int version() {
        return version;
    }

    /// What its text looks like.
    public FieldKind kind() {
        return kind;
    }

    /// The column it becomes.
    public Column column() {
        String name = columnName(headerName);
        return type.isDictionary()
                ? new Column(name, type, dictionary, ABSENT_TEXT, false)
                : Column.number(name, type);
    }
}
