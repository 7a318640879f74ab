// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.catalog.Catalog;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;
import weir.query.type.BasicType;

/// A catalog made by hand: flow logs of version 5 with one column that no segment holds, and a
/// table about the store.
final class FlowCatalog {
    private static final List<String> TEXTS =
            List.of(
                    "account_id",
                    "interface_id",
                    "srcaddr",
                    "dstaddr",
                    "action",
                    "log_status",
                    "vpc_id",
                    "subnet_id",
                    "instance_id",
                    "type",
                    "pkt_srcaddr",
                    "pkt_dstaddr",
                    "region",
                    "az_id",
                    "pkt_src_aws_service",
                    "pkt_dst_aws_service",
                    "flow_direction");
    private static final List<String> COLUMNS =
            List.of(
                    "version",
                    "account_id",
                    "interface_id",
                    "srcaddr",
                    "dstaddr",
                    "srcport",
                    "dstport",
                    "protocol",
                    "packets",
                    "bytes",
                    "start",
                    "end",
                    "action",
                    "log_status",
                    "vpc_id",
                    "subnet_id",
                    "instance_id",
                    "tcp_flags",
                    "type",
                    "pkt_srcaddr",
                    "pkt_dstaddr",
                    "region",
                    "az_id",
                    "pkt_src_aws_service",
                    "pkt_dst_aws_service",
                    "flow_direction",
                    "traffic_path");

    private FlowCatalog() {}

    /// The catalog.
    static Catalog make() {
        List<TableColumn> columns = new ArrayList<>();
        for (String name : COLUMNS) {
            columns.add(
                    new TableColumn(
                            name, type(name), false, new TableColumn.Stored(columns.size())));
        }
        columns.add(hidden("ecs_service_name", columns.size()));
        columns.add(hidden("$path", columns.size()));
        for (TableColumn.Derivation derivation : TableColumn.Derivation.values()) {
            columns.add(
                    new TableColumn(
                            derivation.name().toLowerCase(Locale.ROOT),
                            derivation == TableColumn.Derivation.DATE
                                    ? BasicType.DATE
                                    : BasicType.VARCHAR,
                            true,
                            new TableColumn.Derived(derivation, COLUMNS.indexOf("start"))));
        }
        List<@Nullable Object[]> none = List.of();
        return Catalog.of(
                List.of(
                        new Table("vpc_flow_logs", List.copyOf(columns), new Table.Rows(none)),
                        new Table(
                                "system.files",
                                List.of(
                                        new TableColumn(
                                                "path",
                                                BasicType.VARCHAR,
                                                false,
                                                new TableColumn.Stored(0))),
                                new Table.Rows(none))));
    }

    private static TableColumn hidden(String name, int ordinal) {
        return new TableColumn(name, BasicType.VARCHAR, true, new TableColumn.Stored(ordinal));
    }

    private static BasicType type(String name) {
        if (TEXTS.contains(name)) {
            return BasicType.VARCHAR;
        }
        return switch (name) {
            case "packets", "bytes", "start", "end" -> BasicType.BIGINT;
            default -> BasicType.INTEGER;
        };
    }
}
