// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import weir.cli.output.ResultWriter;
import weir.engine.Snapshot;
import weir.engine.TableSnapshot;
import weir.query.catalog.ContextTable;
import weir.query.type.BasicType;

/// The tables of context: how many rows a store has of each, and what makes them.
public final class ContextReport {
    private ContextReport() {}

    /// Prints a row for each table; `rows` is NULL where the store does not have it.
    public static void print(Snapshot snapshot, ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("table_name", BasicType.VARCHAR)
                        .column("rows", BasicType.BIGINT)
                        .column("made_of", BasicType.VARCHAR);
        for (ContextTable table : ContextTable.values()) {
            TableSnapshot stored = snapshot.table(table.tableName());
            Long count = stored == null ? null : (Long) stored.rowCount();
            rows.add(table.tableName(), count, madeOf(table));
        }
        rows.print(writer);
    }

    private static String madeOf(ContextTable table) {
        return switch (table) {
            case SUBNETS -> "aws ec2 describe-subnets, or CSV with a column cidr";
            case AWS_IP_RANGES -> "AWS's ip-ranges.json";
            case NETWORK_INTERFACES -> "aws ec2 describe-network-interfaces";
            case VPCS -> "aws ec2 describe-vpcs";
            case SECURITY_GROUP_RULES -> "aws ec2 describe-security-groups";
            case VPC_ENDPOINTS -> "aws ec2 describe-vpc-endpoints";
            case VPC_PEERINGS -> "aws ec2 describe-vpc-peering-connections";
        };
    }
}
