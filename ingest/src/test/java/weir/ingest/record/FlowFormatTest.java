// SPDX-License-Identifier: Apache-2.0
package weir.ingest.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.engine.schema.ColumnType;
import weir.ingest.record.FlowFormat.HeaderReading;

class FlowFormatTest {
    private static HeaderReading read(String header) {
        return FlowFormat.readHeader(List.of(header.split(" ", -1)));
    }

    private static FlowFormat format(String header) {
        return assertInstanceOf(HeaderReading.Header.class, read(header)).format();
    }

    @Test
    void theDefaultIsTheFourteenFieldsOfVersionTwo() {
        assertEquals(
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                        + " bytes start end action log-status",
                FlowFormat.DEFAULT.toString());
    }

    @Test
    void allFieldsOfTheTableHaveTheTypesOfAthena() {
        assertEquals(54, RecordTable.VPC.fields().size());
        assertEquals(55, FlowTables.FLOWS_SCHEMA.size());
        assertEquals(ColumnType.INT64, FlowField.PROTOCOL.column().type());
        assertEquals(ColumnType.INT32, FlowField.TCP_FLAGS.column().type());
        assertEquals("interface", FlowField.NEXT_HOP_INTERFACE_ID.column().dictionary());
        assertEquals("-", String.valueOf(FlowField.REGION.column().absentText()));
        assertEquals("start", String.valueOf(FlowTables.FLOWS_SCHEMA.timeColumn()));
        assertTrue(FlowTables.FLOWS_SCHEMA.column(54).isHidden());
    }

    @Test
    void headersMayHaveAnyOrderAndEitherSpelling() {
        assertEquals(format("account-id log-status"), format("account-id log-status"));
        assertEquals(
                List.of("account_id", "log_status"),
                format("account_id log_status").fields().stream()
                        .map(f -> f.column().name())
                        .toList());
    }

    @Test
    void unknownNamesBesideThreeKnownOnesAreTextColumns() {
        FlowFormat format = format("version srcaddr dstaddr New-Thing address");
        assertEquals(List.of("New-Thing", "address"), format.unknownNames());
        assertEquals("new_thing", format.field(3).column().name());
        assertEquals(ColumnType.TEXT, format.field(4).column().type());
        assertInstanceOf(HeaderReading.None.class, read("version srcaddr new-thing"));
        assertInstanceOf(HeaderReading.None.class, read("version srcaddr dstaddr 12"));
        assertInstanceOf(HeaderReading.None.class, read("version srcaddr dstaddr a.b"));
    }

    @Test
    void aFieldThatStandsTwiceIsRefused() {
        assertEquals(
                new HeaderReading.Refused("the header names field log-status twice"),
                read("version log_status srcaddr log-status"));
    }

    @Test
    void theDefaultOfTransitGatewaysIsTheThirtySixFieldsOfVersionSix() {
        assertEquals(
                "version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id"
                        + " tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id"
                        + " tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id"
                        + " tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets"
                        + " bytes start end log-status type packets-lost-no-route"
                        + " packets-lost-blackhole packets-lost-mtu-exceeded"
                        + " packets-lost-ttl-expired tcp-flags region flow-direction"
                        + " pkt-src-aws-service pkt-dst-aws-service",
                FlowFormat.TRANSIT_GATEWAY_DEFAULT.toString());
        assertEquals(36, FlowFormat.TRANSIT_GATEWAY_DEFAULT.size());
        assertEquals(37, FlowTables.TRANSIT_GATEWAY_SCHEMA.size());
        assertEquals(ColumnType.INT64, FlowField.PACKETS_LOST_NO_ROUTE.column().type());
        assertEquals("vpc", FlowField.TGW_SRC_VPC_ID.column().dictionary());
    }

    @Test
    void aFieldOfTransitGatewaysDecidesTheTable() {
        assertEquals(RecordTable.VPC, FlowFormat.DEFAULT.table());
        assertEquals(RecordTable.VPC, FlowFormat.DEFAULT.stamped().table());
        assertEquals(
                RecordTable.TRANSIT_GATEWAY, FlowFormat.TRANSIT_GATEWAY_DEFAULT.stamped().table());
        for (String field :
                List.of("resource-type", "tgw_id", "packets-lost-blackhole", "tgw-new-thing")) {
            FlowFormat format = format("version srcaddr dstaddr bytes " + field);
            assertEquals(RecordTable.TRANSIT_GATEWAY, format.table(), field);
        }
        FlowFormat mixed = format("version srcaddr tgw-id interface-id tgw-new-thing");
        assertEquals(
                List.of("interface_id", "tgw_new_thing"),
                mixed.unknownColumns().stream().map(column -> column.name()).toList());
    }

    @Test
    void usersMayWriteFormatsInAnySpelling() {
        FlowFormat format = FlowFormat.parse(" ${version}  account_id,srcaddr\tmy-field ");
        assertEquals("version account-id srcaddr my-field", format.toString());
        assertEquals(List.of("my-field"), format.unknownNames());
    }

    @Test
    void aWrongFormatIsRefusedWithTheWord() {
        assertMessage("'12' is no field name: a format is a list of names like", "version 12");
        assertMessage("'' is no field name: a format is a list of names like", "");
        assertMessage("field start stands twice in the format", "start end start");
    }

    private static void assertMessage(String start, String format) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> FlowFormat.parse(format));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(start), message);
    }

    @Test
    void aMisspeltFieldOfAGivenFormatIsRefusedWithTheNameThatIsMeant() {
        for (String name : List.of("srcadr", "srcaddrr", "srcaddx", "scraddr", "log_statu")) {
            String known = name.startsWith("log") ? "log-status" : "srcaddr";
            IllegalArgumentException failure =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> FlowFormat.parse("version " + name + " bytes"));
            assertEquals(
                    "no field is called '" + name + "': did you mean '" + known + "'?",
                    failure.getMessage());
        }
        assertEquals(
                List.of("instance-tag-3", "flavour"),
                FlowFormat.parse("version instance-tag-3 flavour").unknownNames());
    }
}
