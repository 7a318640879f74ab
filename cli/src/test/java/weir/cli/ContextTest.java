// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir context` and the functions that ask its tables.
@Timeout(60)
class ContextTest {
    private static final String SUBNETS =
            """
            CIDR Block,Subnet Name,VPC ID,Team
            10.0.0.0/16,all,vpc-1,core
            10.0.1.0/24,web,vpc-1,
            """;
    private static final String INTERFACES =
            """
            {"NetworkInterfaces": [
              {"NetworkInterfaceId": "eni-0a", "InterfaceType": "interface", "VpcId": "vpc-1",
               "SubnetId": "subnet-1", "OwnerId": "000000000001", "Status": "in-use",
               "Description": "", "AvailabilityZone": "eu-west-1a",
               "Attachment": {"InstanceId": "i-01"}, "Groups": [{"GroupId": "sg-1", "GroupName": "web"}],
               "TagSet": [{"Key": "Name", "Value": "front door"}],
               "PrivateIpAddresses": [
                 {"PrivateIpAddress": "10.0.1.5", "Primary": true, "Association": {"PublicIp": "198.51.100.7"}},
                 {"PrivateIpAddress": "10.0.1.6", "Primary": false}],
               "Ipv6Addresses": [{"Ipv6Address": "2001:db8::5"}]},
              {"NetworkInterfaceId": "eni-0b", "InterfaceType": "nat_gateway",
               "PrivateIpAddress": "10.0.2.9", "PrivateIpAddresses": [], "TagSet": []}
            ]}
            """;
    private static final String RANGES =
            """
            {"syncToken": "1", "createDate": "2026-11-01-00-00-00",
             "prefixes": [
               {"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"},
               {"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3", "network_border_group": "us-east-1"},
               {"ip_prefix": "52.216.7.0/24", "region": "us-east-1", "service": "EC2", "network_border_group": "us-east-1"},
               {"ip_prefix": "3.0.0.0/8", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"}],
             "ipv6_prefixes": [
               {"ipv6_prefix": "2600:1f00::/24", "region": "us-east-1", "service": "EC2", "network_border_group": "us-east-1"}]}
            """;

    @TempDir Path directory;
    private Path store;

    @BeforeEach
    void place() {
        store = directory.resolve("store");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private CommandRun context(Object... words) {
        Object[] all = new Object[words.length + 3];
        System.arraycopy(new Object[] {"context", "--store", store}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return CommandRun.of(all);
    }

    private String query(String sql) {
        return CommandRun.of("query", "--store", store, sql).ended(0).out();
    }

    @Test
    void filesAreKnownByWhatIsInThem() throws IOException {
        CommandRun added =
                context("add", file("a", SUBNETS), file("b", INTERFACES), file("c", RANGES))
                        .ended(0);
        assertEquals(
                "subnets: 2 rows\naws_ip_ranges: 5 rows\nnetwork_interfaces: 4 rows\n",
                added.err());
        assertEquals(
                """
                interface_id,address,public_address,is_primary,name,instance_id,security_groups
                eni-0a,10.0.1.5,198.51.100.7,true,front door,i-01,sg-1
                eni-0a,10.0.1.6,,false,front door,i-01,sg-1
                eni-0a,2001:db8::5,,,front door,i-01,sg-1
                eni-0b,10.0.2.9,,true,,,
                """,
                query(
                        "SELECT interface_id, address, public_address, is_primary, name, instance_id,"
                                + " security_groups FROM network_interfaces ORDER BY 1, 2"));
        assertEquals(
                "cidr,name,vpc_id,owner\n10.0.0.0/16,all,vpc-1,core\n10.0.1.0/24,web,vpc-1,\n",
                query("SELECT cidr, name, vpc_id, owner FROM subnets ORDER BY 1"));
        assertTrue(
                context("list", "--format", "csv").out().contains("vpcs,,aws ec2 describe-vpcs\n"));
    }

    @Test
    void functionsNameWhatTheTablesKnow() throws IOException {
        context("add", file("a", SUBNETS), file("b", INTERFACES), file("c", RANGES)).ended(0);
        assertEquals(
                """
                a,subnet,owner,service,class
                -,,,,
                10.0.1.5,web,front door,,private
                10.0.1.7,web,web,,private
                10.0.2.9,all,eni-0b,,private
                10.9.0.1,,,,private
                198.51.100.7,,front door,,public
                2600:1f12::1,,AWS EC2,EC2,aws
                3.4.5.6,,AWS AMAZON,AMAZON,aws
                52.216.1.1,,AWS S3,S3,aws
                """,
                query(
                        "SELECT a, subnet_of(a) AS subnet, owner_of(a) AS owner, aws_service_of(a) AS"
                                + " service, address_class(a) AS class FROM (VALUES '10.0.1.5',"
                                + " '10.0.1.7', '10.0.2.9', '10.9.0.1', '198.51.100.7', '52.216.1.1',"
                                + " '3.4.5.6', '2600:1f12::1', '-') AS t(a) ORDER BY 1"));
        assertEquals(
                "x,y,z\nfront door,front door,\n",
                query(
                        "SELECT name_of('eni-0a') AS x, name_of('i-01') AS y, name_of('eni-9') AS z"));
        assertEquals(
                "nat,other\ntrue,false\n",
                query(
                        "SELECT is_nat_interface('eni-0b') AS nat, is_nat_interface('eni-0a') AS other"));
    }

    @Test
    void withoutContextTablesAreEmptyAndNamesAreNull() throws IOException {
        context("add", file("a", SUBNETS)).ended(0);
        assertEquals("n\n0\n", query("SELECT count(*) AS n FROM security_group_rules"));
        assertEquals("x\n\n", query("SELECT aws_service_of('52.216.1.1') AS x"));
        assertEquals(
                "name\n\n",
                query(
                        "SELECT v.name FROM (VALUES 'vpc-1') AS t(id) LEFT JOIN vpcs v ON v.vpc_id = t.id"));
    }

    @Test
    void addingReplacesAndRemovingTakesAway() throws IOException {
        context("add", file("a", SUBNETS)).ended(0);
        context(
                        "add",
                        file("d", "cidr,name\n10.7.0.0/16,seven\n"),
                        file("e", "cidr,name\n10.8.0.0/16,eight\n"))
                .ended(0);
        assertEquals("name\neight\nseven\n", query("SELECT name FROM subnets ORDER BY 1"));
        context("remove", "subnets").ended(0);
        assertEquals("n\n0\n", query("SELECT count(*) AS n FROM subnets"));
        assertEquals(
                "weir context: the store has no table subnets; nothing was removed\n",
                context("remove", "subnets").ended(1).err());
        assertTrue(context("remove", "subnet").ended(2).err().contains("did you mean subnets?"));
        assertTrue(
                context("ad", "x")
                        .ended(2)
                        .err()
                        .contains("expected add, list or remove, not 'ad'"));
        assertTrue(context("add").ended(2).err().contains("names no file"));
    }

    @Test
    void aFileThatIsWrongLeavesEverythingAsItWas() throws IOException {
        context("add", file("a", SUBNETS)).ended(0);
        Path good = file("d", "cidr,name\n10.7.0.0/16,seven\n");
        Path bad = file("bad.csv", "cidr,name\n10.7.0.0/16,x\n10.7.0.0/99,y\n");
        assertEquals(
                "weir context: "
                        + bad
                        + ":3: expected a block of addresses as 10.0.0.0/8, not '10.7.0.0/99'\n",
                context("add", good, bad).ended(1).err());
        assertEquals("name\nall\nweb\n", query("SELECT name FROM subnets ORDER BY 1"));
    }

    @Test
    void damagedAndUnknownFilesAreToldWithTheirPlace() throws IOException {
        assertTrue(
                add("{\"NetworkInterfaces\": [{\"a\": ").contains(":1: "),
                add("{\"NetworkInterfaces\": [{\"a\": "));
        assertTrue(
                add("{\"Vpcs\": [\n{\"CidrBlock\": \"10.0.0.0/8\"}]}")
                        .contains(":2: there is no VpcId"));
        assertTrue(
                add("{\"Vpcs\": [\n{\"CidrBlock\": \"ten\"}]}")
                        .contains(":2: expected a block of addresses"));
        assertTrue(
                add("{\"Vpcs\": [{\"CidrBlock\": {}}]}")
                        .contains(":1: expected a text for CidrBlock"));
        assertTrue(
                add("{\"Reservations\": []}")
                        .contains("is JSON with Reservations; expected the output of aws ec2"));
        assertTrue(add("{}").contains("is JSON with nothing in it; expected"));
        assertTrue(add("[1, 2]").contains("expected the output of aws ec2"));
        assertTrue(
                add("name,color\na,b\n")
                        .contains(
                                ":1: is no JSON, and as CSV its columns are name, color; expected"));
        assertTrue(add("").contains("is empty; expected"));
        assertTrue(add("{\"Vpcs\": " + "[".repeat(100_000)).contains("is no JSON: "));
        assertTrue(add("\u0000\u0001\u0002").contains("expected the output of aws ec2"));
        assertTrue(
                context("add", directory.resolve("none"))
                        .ended(1)
                        .err()
                        .contains("there is no such file"));
        Files.write(
                directory.resolve("x"),
                new byte[] {'c', 'i', 'd', 'r', '\n', (byte) 0xff, (byte) 0xfe});
        assertTrue(
                context("add", directory.resolve("x"))
                        .ended(1)
                        .err()
                        .contains("the text is not UTF-8"));
    }

    private String add(String text) throws IOException {
        return context("add", file("x", text)).ended(1).err();
    }

    @Test
    void aBombIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"x\": [".getBytes(StandardCharsets.US_ASCII));
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 300; i++) {
                out.write(blanks);
            }
        }
        Path bomb = Files.write(directory.resolve("x.json.gz"), packed.toByteArray());
        assertTrue(
                context("add", bomb)
                        .ended(1)
                        .err()
                        .contains("has more than 268435456 bytes of text"));
    }

    @Test
    void groupsEndpointsAndPeeringsAreFlat() throws IOException {
        String groups =
                """
                {"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "web", "VpcId": "vpc-1", "OwnerId": "1",
                  "IpPermissions": [
                    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                     "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}, {"CidrIp": "10.0.0.0/8"}],
                     "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
                     "UserIdGroupPairs": [{"GroupId": "sg-2"}], "PrefixListIds": [{"PrefixListId": "pl-1"}]},
                    {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}],
                  "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}
                """;
        String endpoints =
                """
                {"VpcEndpoints": [
                  {"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway", "ServiceName": "com.amazonaws.eu-west-1.s3",
                   "VpcId": "vpc-1", "State": "available"},
                  {"VpcEndpointId": "vpce-2", "VpcEndpointType": "Interface",
                   "ServiceName": "com.amazonaws.eu-west-1.sqs", "NetworkInterfaceIds": ["eni-1", "eni-2"]}]}
                """;
        String peerings =
                """
                {"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
                  "RequesterVpcInfo": {"VpcId": "vpc-1", "OwnerId": "1", "Region": "eu-west-1", "CidrBlock": "10.0.0.0/16",
                    "CidrBlockSet": [{"CidrBlock": "10.0.0.0/16"}, {"CidrBlock": "10.1.0.0/16"}]},
                  "AccepterVpcInfo": {"VpcId": "vpc-2", "Region": "eu-west-1", "CidrBlock": "10.2.0.0/16"}}]}
                """;
        String vpcs =
                "{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/16\", \"IsDefault\": false}]}";
        context(
                        "add",
                        file("g", groups),
                        file("e", endpoints),
                        file("p", peerings),
                        file("v", vpcs))
                .ended(0);
        assertEquals(
                """
                direction,protocol,from_port,to_port,cidr,peer_group_id,prefix_list_id,description
                egress,,0,65535,0.0.0.0/0,,,
                ingress,1,0,65535,10.0.0.0/8,,,
                ingress,6,443,443,0.0.0.0/0,,,all
                ingress,6,443,443,10.0.0.0/8,,,
                ingress,6,443,443,::/0,,,
                ingress,6,443,443,,sg-2,,
                ingress,6,443,443,,,pl-1,
                """,
                query(
                        "SELECT direction, protocol, from_port, to_port, cidr, peer_group_id,"
                                + " prefix_list_id, description FROM security_group_rules"
                                + " ORDER BY direction, protocol, cidr, peer_group_id"));
        assertEquals(
                "endpoint_id,service,interface_id\nvpce-1,s3,\nvpce-2,sqs,eni-1\nvpce-2,sqs,eni-2\n",
                query(
                        "SELECT endpoint_id, service, interface_id FROM vpc_endpoints ORDER BY 1, 3"));
        assertEquals(
                "requester_cidr,accepter_cidr,accepter_vpc_id\n10.0.0.0/16,10.2.0.0/16,vpc-2\n10.1.0.0/16,10.2.0.0/16,vpc-2\n",
                query(
                        "SELECT requester_cidr, accepter_cidr, accepter_vpc_id FROM vpc_peerings ORDER BY 1"));
        assertEquals(
                "owner,d\nvpc-1,false\n",
                query("SELECT owner_of('10.0.9.9') AS owner, (SELECT is_default FROM vpcs) AS d"));
    }

    @Test
    void filesOfContextGoWithOneCommandToo() throws IOException {
        Path log =
                file("flow.log", "srcaddr start bytes\n10.0.1.5 1 2\n10.0.1.9 1 3\n10.0.7.1 1 4\n");
        assertEquals(
                "s,b\nall,4\nweb,5\n",
                CommandRun.of(
                                "query",
                                "--from",
                                log,
                                "--context",
                                file("s", SUBNETS),
                                "SELECT subnet_of(srcaddr) AS s, sum(bytes) AS b FROM vpc_flow_logs GROUP BY 1 ORDER BY 1")
                        .ended(0)
                        .out());
    }
}
