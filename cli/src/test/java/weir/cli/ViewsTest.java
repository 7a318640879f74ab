// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The views `flows` and `conversations` over logs of several formats.
@Timeout(120)
class ViewsTest {
    private static final String V2 =
            """
            version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes \
            start end action log-status
            """;
    private static final String NAT =
            """
            interface-id instance-id srcaddr dstaddr srcport dstport protocol packets bytes start end \
            action log-status tcp-flags pkt-srcaddr pkt-dstaddr flow-direction pkt-dst-aws-service
            """;

    @TempDir Path directory;

    private String query(String log, String sql) throws IOException {
        Path file = Files.writeString(directory.resolve("flow.log"), log);
        return CommandRun.of("query", "--from", file, "--format", "csv", sql).ended(0).out();
    }

    private static String v2(
            String eni, String source, String target, String ports, int bytes, int start) {
        return "2 1 %s %s %s %s 6 1 %d %d %d ACCEPT OK\n"
                .formatted(eni, source, target, ports, bytes, start, start + 10);
    }

    @Test
    void directionFollowsFromTheInterfacesOwnAddress() throws IOException {
        String log =
                V2
                        + v2("eni-a", "10.0.0.1", "10.0.0.2", "50000 443", 1, 100)
                        + v2("eni-a", "10.0.0.2", "10.0.0.1", "443 50000", 2, 100)
                        + v2("eni-a", "203.0.113.9", "10.0.0.1", "50001 22", 3, 100)
                        + v2("eni-b", "10.0.0.1", "10.0.0.2", "50000 443", 4, 100)
                        + v2("eni-b", "10.0.0.3", "10.0.0.2", "50000 443", 5, 100)
                        // One peer only, which is the own address of another interface.
                        + v2("eni-c", "10.0.0.9", "10.0.0.1", "50000 443", 6, 100)
                        + v2("eni-c", "10.0.0.1", "10.0.0.9", "443 50000", 7, 100)
                        // One peer only, which is outside.
                        + v2("eni-d", "198.51.100.1", "10.0.0.8", "50000 443", 8, 100)
                        // IPv6 beside IPv4.
                        + v2("eni-a", "2001:db8::1", "2001:db8::2", "50000 443", 9, 100)
                        + v2("eni-a", "2001:db8::3", "2001:db8::1", "50000 443", 10, 100)
                        + "2 1 eni-a - - - - - - - 100 160 - NODATA\n";
        assertEquals(
                """
                bytes,direction,direction_inferred
                1,egress,true
                2,ingress,true
                3,ingress,true
                4,ingress,true
                5,ingress,true
                6,egress,true
                7,ingress,true
                8,ingress,true
                9,egress,true
                10,ingress,true
                """,
                query(
                        log,
                        "SELECT bytes, direction, direction_inferred FROM flows ORDER BY bytes"));
    }

    @Test
    void bothInterfacesCountOnce() throws IOException {
        String log =
                V2
                        + v2("eni-a", "10.0.0.1", "10.0.0.2", "50000 443", 1, 100)
                        + v2("eni-b", "10.0.0.1", "10.0.0.2", "50000 443", 1, 103)
                        + v2("eni-a", "10.0.0.2", "10.0.0.1", "443 50000", 20, 101)
                        + v2("eni-b", "10.0.0.2", "10.0.0.1", "443 50000", 20, 102)
                        + v2("eni-a", "203.0.113.9", "10.0.0.1", "40000 22", 300, 100)
                        + v2("eni-b", "10.0.0.7", "10.0.0.2", "50000 443", 4000, 100);
        assertEquals("b\n4321\n", query(log, "SELECT sum(bytes) AS b FROM flows WHERE counted"));
        assertEquals(
                """
                client,client_port,server,server_port,start,end,bytes_sent,bytes_received,client_by
                10.0.0.1,50000,10.0.0.2,443,100,112,1,20,port
                10.0.0.7,50000,10.0.0.2,443,100,110,4000,0,port
                203.0.113.9,40000,10.0.0.1,22,100,110,300,0,port
                """,
                query(
                        log,
                        "SELECT client, client_port, server, server_port, start, \"end\", bytes_sent,"
                                + " bytes_received, client_by FROM conversations ORDER BY client"));
    }

    /// An account's interfaces may all be in the context, while the logs are those of one VPC.
    @Test
    void recordsCountThoughTheSourcesInterfaceIsNotLogged() throws IOException {
        Path context =
                Files.writeString(
                        directory.resolve("describe-network-interfaces.json"),
                        """
                        {"NetworkInterfaces": [
                          {"NetworkInterfaceId": "eni-a", "PrivateIpAddress": "10.1.0.5",
                           "PrivateIpAddresses": [{"PrivateIpAddress": "10.1.0.5"}],
                           "InterfaceType": "interface", "Groups": [], "TagSet": []},
                          {"NetworkInterfaceId": "eni-b", "PrivateIpAddress": "10.0.0.2",
                           "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.2"}],
                           "InterfaceType": "interface", "Groups": [], "TagSet": []}]}
                        """);
        Path log =
                Files.writeString(
                        directory.resolve("one.log"),
                        V2 + v2("eni-b", "10.1.0.5", "10.0.0.2", "50000 443", 7, 100));
        assertEquals(
                "b,own\n7,true\n",
                CommandRun.of(
                                "query",
                                "--from",
                                log,
                                "--context",
                                context,
                                "--format",
                                "csv",
                                "SELECT sum(bytes) AS b, bool_and(is_own('10.1.0.5')) AS own FROM"
                                        + " flows WHERE counted")
                        .ended(0)
                        .out());
    }

    @Test
    void aGapOfMoreThanTenMinutesBeginsAnotherConversation() throws IOException {
        String log =
                V2
                        + v2("eni-a", "10.0.0.1", "203.0.113.2", "50000 443", 1, 100)
                        + v2("eni-a", "203.0.113.2", "10.0.0.1", "443 50000", 2, 710)
                        + v2("eni-a", "10.0.0.1", "203.0.113.2", "50000 443", 4, 1321);
        assertEquals(
                """
                start,bytes_sent,bytes_received,records
                100,1,2,2
                1321,4,0,1
                """,
                query(
                        log,
                        "SELECT start, bytes_sent, bytes_received, records FROM conversations"
                                + " ORDER BY start"));
    }

    private static final String OF_INSTANCE =
            """
            eni-i i-1 10.0.1.5 203.0.113.5 50000 443 6 1 100 100 110 ACCEPT OK 2 10.0.1.5 203.0.113.5 egress S3
            eni-i i-1 203.0.113.5 10.0.1.5 443 50000 6 1 900 100 110 ACCEPT OK 18 203.0.113.5 10.0.1.5 ingress -
            """;
    private static final String OF_NAT =
            """
            eni-n - 10.0.1.5 10.0.0.220 50000 443 6 1 100 100 110 ACCEPT OK 2 10.0.1.5 203.0.113.5 ingress S3
            eni-n - 10.0.0.220 203.0.113.5 61000 443 6 1 100 100 110 ACCEPT OK 2 10.0.0.220 203.0.113.5 egress S3
            eni-n - 203.0.113.5 10.0.0.220 443 61000 6 1 900 100 110 ACCEPT OK 18 203.0.113.5 10.0.0.220 ingress -
            eni-n - 10.0.0.220 10.0.1.5 443 50000 6 1 900 100 110 ACCEPT OK 18 203.0.113.5 10.0.1.5 egress -
            """;

    @Test
    void theLegsOfANatGatewayCountOnce() throws IOException {
        String expected =
                """
                client,client_port,server,server_port,bytes_sent,bytes_received,client_by
                10.0.1.5,50000,203.0.113.5,443,100,900,syn
                """;
        String sql =
                "SELECT client, client_port, server, server_port, bytes_sent, bytes_received,"
                        + " client_by FROM conversations";
        assertEquals(expected, query(NAT + OF_INSTANCE + OF_NAT, sql));
        assertEquals(expected, query(NAT + OF_INSTANCE, sql), "without the gateway's records");
        assertEquals(expected, query(NAT + OF_NAT, sql), "without the instance's records");
    }

    @Test
    void classesAndServicesFollowThePackets() throws IOException {
        assertEquals(
                """
                source,source_class,destination,destination_class,destination_service,direction_inferred
                10.0.1.5,private,203.0.113.5,aws,S3,false
                203.0.113.5,public,10.0.1.5,private,,false
                """,
                query(
                        NAT + OF_INSTANCE,
                        "SELECT source, source_class, destination, destination_class,"
                                + " destination_service, direction_inferred FROM flows ORDER BY 1"));
    }

    @Test
    void synTellsTheClientWherePortsMislead() throws IOException {
        String log =
                NAT
                        + """
                        eni-i i-1 10.0.1.5 10.0.9.9 40000 50051 6 1 100 100 110 ACCEPT OK 2 10.0.1.5 10.0.9.9 egress -
                        eni-i i-1 10.0.9.9 10.0.1.5 50051 40000 6 1 900 100 110 ACCEPT OK 19 10.0.9.9 10.0.1.5 ingress -
                        eni-i i-1 10.0.9.9 10.0.1.5 50051 40000 6 1 50 120 130 REJECT OK 1 10.0.9.9 10.0.1.5 ingress -
                        """;
        assertEquals(
                """
                client,server,server_port,bytes_sent,bytes_received,requests_rejected,replies_rejected
                10.0.1.5,10.0.9.9,50051,100,950,0,1
                """,
                query(
                        log,
                        "SELECT client, server, server_port, bytes_sent, bytes_received,"
                                + " requests_rejected, replies_rejected FROM conversations"));
    }

    @Test
    void formatsWithFewFieldsAreNoFailure() throws IOException {
        String log = "srcaddr dstaddr start end bytes\n10.0.0.1 203.0.113.5 5 6 70\n";
        assertEquals(
                """
                direction,source_class,destination_class,counted,tcp_flags
                egress,private,public,true,
                """,
                query(
                        log,
                        "SELECT direction, source_class, destination_class, counted, tcp_flags"
                                + " FROM flows"));
        assertEquals(
                "client,server,bytes_sent\n10.0.0.1,203.0.113.5,70\n",
                query(log, "SELECT client, server, bytes_sent FROM conversations"));
        String bare =
                query("interface-id bytes\neni-a 7\n", "SELECT bytes, source_class FROM flows");
        assertEquals("bytes,source_class\n7,\n", bare);
    }

    @Test
    void fieldsThatNoLogHasCanBeNamedAndAreNotShown() throws IOException {
        String all =
                query(V2 + v2("eni-a", "10.0.0.1", "10.0.0.2", "1 2", 3, 4), "SELECT * FROM flows");
        String header = all.lines().findFirst().orElse("");
        assertTrue(header.startsWith("version,account_id,interface_id,"), header);
        assertTrue(header.contains("log_status,direction,direction_inferred,source,"), header);
        String columns = query(V2, "SHOW COLUMNS FROM flows LIKE 'traffic_path'");
        assertTrue(columns.contains("traffic_path,integer"), columns);
    }
}
