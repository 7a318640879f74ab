// SPDX-License-Identifier: Apache-2.0
package weir.query.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// The tables that give names to what flow logs have: who is behind an address, an interface, a
/// subnet. A store need not have them: each reads as an empty table until it does, so that SQL that
/// joins them runs everywhere.
///
/// Columns are VARCHAR where nothing else is said, and NULL where a file says nothing.
public enum ContextTable {
    /// A row for each block of addresses of each subnet.
    SUBNETS("cidr", "subnet_id", "name", "vpc_id", "az", "az_id", "account_id", "owner"),
    /// The address ranges that AWS publishes.
    AWS_IP_RANGES("cidr", "service", "region", "network_border_group"),
    /// A row for each address of each network interface.
    NETWORK_INTERFACES(
            "interface_id",
            "address",
            "public_address",
            "is_primary boolean",
            "name",
            "description",
            "interface_type",
            "instance_id",
            "subnet_id",
            "vpc_id",
            "az",
            "account_id",
            "requester_id",
            "status",
            "security_groups"),
    /// A row for each block of addresses of each VPC.
    VPCS("vpc_id", "cidr", "name", "account_id", "is_default boolean"),
    /// A row for each rule and each source (ingress) or target (egress) of it. `protocol` is NULL
    /// for all protocols; ports are 0 to 65535 where the rule does not limit them.
    SECURITY_GROUP_RULES(
            "group_id",
            "group_name",
            "vpc_id",
            "account_id",
            "direction",
            "protocol bigint",
            "from_port bigint",
            "to_port bigint",
            "cidr",
            "peer_group_id",
            "prefix_list_id",
            "description"),
    /// A row for each network interface of each endpoint; one without interface for a gateway.
    VPC_ENDPOINTS(
            "endpoint_id",
            "endpoint_type",
            "service_name",
            "service",
            "vpc_id",
            "interface_id",
            "name",
            "state",
            "account_id"),
    /// A row for each pair of a requester's and an accepter's block of addresses.
    VPC_PEERINGS(
            "peering_id",
            "name",
            "status",
            "requester_vpc_id",
            "requester_account_id",
            "requester_region",
            "requester_cidr",
            "accepter_vpc_id",
            "accepter_account_id",
            "accepter_region",
            "accepter_cidr");

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<TableColumn> columns;

    ContextTable(String... columns) {
        List<TableColumn> list = new ArrayList<>();
        for (String column : columns) {
            int blank = column.indexOf(' ');
            String name = blank < 0 ? column : column.substring(0, blank);
            SqlType type =
                    switch (column.substring(blank + 1)) {
                        case "bigint" -> BasicType.BIGINT;
                        case "boolean" -> BasicType.BOOLEAN;
                        default -> BasicType.VARCHAR;
                    };
            list.add(new TableColumn(name, type, false, new TableColumn.Stored(list.size())));
        }
        this.columns = List.copyOf(list);
    }

    /// What SQL calls it.
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Which file has it, in words.
    public String source() {
        return switch (this) {
            case SUBNETS -> "what aws ec2 describe-subnets prints, or CSV with a column cidr";
            case AWS_IP_RANGES -> "AWS's ip-ranges.json";
            case NETWORK_INTERFACES -> "what aws ec2 describe-network-interfaces prints";
            case VPCS -> "what aws ec2 describe-vpcs prints";
            case SECURITY_GROUP_RULES -> "what aws ec2 describe-security-groups prints";
            case VPC_ENDPOINTS -> "what aws ec2 describe-vpc-endpoints prints";
            case VPC_PEERINGS -> "what aws ec2 describe-vpc-peering-connections prints";
        };
    }

    /// Its columns, in order.
    public List<TableColumn> columns() {
        return columns;
    }

    /// The table with these rows.
    ///
    /// @param rows a value for each column, as [Table.Rows] has them
    public Table of(List<@Nullable Object[]> rows) {
        return new Table(tableName(), columns, new Table.Rows(rows));
    }

    /// The one called `name`, or null.
    public static @Nullable ContextTable named(String name) {
        for (ContextTable table : values()) {
            if (table.tableName().equals(name)) {
                return table;
            }
        }
        return null;
    }
}
