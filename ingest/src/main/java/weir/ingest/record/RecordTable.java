// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import weir.engine.schema.Column;
import weir.engine.schema.Schema;

/// The tables of records: what was logged decides which of them a record is for, and the fields of
/// a log decide what was logged.
public enum RecordTable {
    /// Flows at the interfaces of VPCs.
    VPC(FlowTables.FLOWS, vpcFields()),
    /// Flows through transit gateways.
    TRANSIT_GATEWAY(
            FlowTables.TRANSIT_GATEWAY_FLOWS,
            List.of(
                    FlowField.VERSION,
                    FlowField.RESOURCE_TYPE,
                    FlowField.ACCOUNT_ID,
                    FlowField.TGW_ID,
                    FlowField.TGW_ATTACHMENT_ID,
                    FlowField.TGW_SRC_VPC_ACCOUNT_ID,
                    FlowField.TGW_DST_VPC_ACCOUNT_ID,
                    FlowField.TGW_SRC_VPC_ID,
                    FlowField.TGW_DST_VPC_ID,
                    FlowField.TGW_SRC_SUBNET_ID,
                    FlowField.TGW_DST_SUBNET_ID,
                    FlowField.TGW_SRC_ENI,
                    FlowField.TGW_DST_ENI,
                    FlowField.TGW_SRC_AZ_ID,
                    FlowField.TGW_DST_AZ_ID,
                    FlowField.TGW_PAIR_ATTACHMENT_ID,
                    FlowField.SRCADDR,
                    FlowField.DSTADDR,
                    FlowField.SRCPORT,
                    FlowField.DSTPORT,
                    FlowField.PROTOCOL,
                    FlowField.PACKETS,
                    FlowField.BYTES,
                    FlowField.START,
                    FlowField.END,
                    FlowField.LOG_STATUS,
                    FlowField.TYPE,
                    FlowField.PACKETS_LOST_NO_ROUTE,
                    FlowField.PACKETS_LOST_BLACKHOLE,
                    FlowField.PACKETS_LOST_MTU_EXCEEDED,
                    FlowField.PACKETS_LOST_TTL_EXPIRED,
                    FlowField.TCP_FLAGS,
                    FlowField.REGION,
                    FlowField.FLOW_DIRECTION,
                    FlowField.PKT_SRC_AWS_SERVICE,
                    FlowField.PKT_DST_AWS_SERVICE));

    private final String table;

    @SuppressWarnings("ImmutableEnumChecker") // both are lists that nobody can change
    private final List<FlowField> fields;

    RecordTable(String table, List<FlowField> fields) {
        this.table = table;
        this.fields = fields;
    }

    private static List<FlowField> vpcFields() {
        return Arrays.stream(FlowField.values())
                .filter(field -> !field.isOfTransitGateway())
                .toList();
    }

    /// The name of the table.
    public String table() {
        return table;
    }

    /// Every documented field of its records, in AWS's order.
    public List<FlowField> fields() {
        return fields;
    }

    /// The columns of the documented fields, then the hidden ones.
    public Schema schema() {
        return this == VPC ? FlowTables.FLOWS_SCHEMA : FlowTables.TRANSIT_GATEWAY_SCHEMA;
    }

    /// The schema with the columns of `format`, of which some may not be documented.
    public Schema schema(FlowFormat format) {
        List<Column> columns = new ArrayList<>();
        for (FormatField field : format.fields()) {
            if (field.kind() != FieldKind.STAMP) {
                columns.add(field.column());
            }
        }
        return schema().merge(Schema.of(columns));
    }

    /// Whether only records of transit gateways have a field called `name`, documented or not.
    static boolean isOfTransitGateway(String name) {
        FlowField known = FlowField.named(name);
        return known == null
                ? name.toLowerCase(Locale.ROOT).replace('_', '-').startsWith("tgw-")
                : known.isOfTransitGateway();
    }
}
