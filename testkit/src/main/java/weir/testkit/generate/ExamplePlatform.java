// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import weir.testkit.record.LogFormat;

/// The platform of the examples: an account that logs all 54 fields, with containers, endpoints, a
/// regional NAT gateway, encryption and ways into other networks. Told in `docs/EXAMPLES.md`.
final class ExamplePlatform extends ExampleScenes {
    private static final Subscription BY =
            new Subscription("222233334444", "eu-central-1", "fl-05eed000000000004");
    private static final String PUBLIC_NAT = "198.51.100.250";

    /// The hours of which no file was delivered: 3 November, 04:00 to 07:00.
    private static final int LOST_FROM = 52;

    private static final int LOST_TO = 55;

    /// The hour from which a worker says nothing any more: 2 November, 11:00.
    private static final int WORKER_ENDS = 35;

    private final LineBuffer lines;
    private final NetworkInterface balancer = eni("10.4.0.10", 1, "network_load_balancer");
    private final NetworkInterface transit = eni("10.4.0.40", 1, "transit_gateway");
    private final NetworkInterface endpoint = eni("10.4.30.10", 1, "vpc_endpoint");
    private final NetworkInterface idleEndpoint = eni("10.4.31.11", 2, "vpc_endpoint");
    private final NetworkInterface database = eni("10.4.20.5", 2, "-");
    private final List<NetworkInterface> carts =
            List.of(task("10.4.10.21", 1, "cart", 1), task("10.4.11.22", 2, "cart", 2));
    private final NetworkInterface mail = task("10.4.10.31", 1, "mail", 3);
    private final NetworkInterface batch = task("10.4.11.41", 2, "-", 4);
    private final NetworkInterface legacy = host("10.4.10.50", 1, "legacy");
    private final NetworkInterface worker = host("10.4.11.60", 2, "worker");
    private final NetworkInterface nat = regionalNat();

    private ExamplePlatform(LineBuffer lines) {
        super(20261104, lines);
        this.lines = lines;
    }

    /// Writes the platform's files below a folder.
    static GenerationResult write(Path folder) throws IOException {
        ExamplePlatform platform = new ExamplePlatform(new LineBuffer(LogFormat.V11, 4_000));
        for (int hour = 0; hour < HOURS; hour++) {
            if (hour < LOST_FROM || hour >= LOST_TO) {
                platform.hour(START + (long) hour * HOUR, hour);
            }
        }
        platform.controls();
        platform.attacks();
        ExampleFiles.Delivery delivery = new ExampleFiles.Delivery(BY, BucketLayout.DAILY, true);
        return ExampleFiles.write(folder, delivery, platform.lines, LogFormat.V11.headerLine(), 3);
    }

    private void hour(long at, int hour) {
        services(at);
        networks(at, hour);
        if (hour % 24 >= 2 && hour % 24 < 4) {
            // The batch sends its reports at night, and nothing by day.
            at(at + 20, 200);
            exchange(TCP, 9_000, 12_400_311L + 1_013L * hour, 800, 41_600, 3, 19);
            outOfNat(batch, outside("192.0.2.77", 443), 2);
        }
        if (hour < WORKER_ENDS) {
            begin(at, 59);
            volumes(TCP, 6, 200, 300);
            encrypted(1);
            inside(worker, database, 5432, 1);
        }
        if (hour % 4 == 0) {
            silence(idleEndpoint, at + 12, 58, Ascii.NODATA);
        }
    }

    private void services(long at) {
        for (int i = 0; i < 4; i++) {
            NetworkInterface cart = carts.get(i % 2);
            begin(at, 59);
            volumes(TCP, 12, 300, 900);
            encrypted(2);
            observeServer(
                    balancer, outside("198.18.40." + random.between(4, 90), ephemeral()), 443);
            begin(at, 59);
            volumes(TCP, 15, 280, 800);
            encrypted(1);
            inside(balancer, cart, 8080, 1);
            begin(at, 59);
            volumes(TCP, 500, 400, 1_300);
            encrypted(1);
            inside(cart, database, 5432, 1);
        }
        begin(at, 59);
        volumes(TCP, 6, 200, 400);
        encrypted(2);
        inside(carts.getFirst(), endpoint, 443, 1);
        begin(at, 59);
        volumes(TCP, 20, 900, 100);
        inside(mail, database, 5432, 1);
        begin(at, 59);
        volumes(TCP, 30, 1_000, 200);
        outOfNat(mail, outside("192.0.2." + random.between(110, 119), 587), 0);
        begin(at, 59);
        volumes(TCP, 25, 700, 900);
        FlowEnd table =
                FlowEnd.outside(
                        Ascii.of("198.18.65." + random.between(4, 9)), 443, Ascii.of("DYNAMODB"));
        outOfNat(carts.get(1), table, 2);
    }

    private void networks(long at, int hour) {
        // Behind a VPN: an office that still uses Telnet and FTP.
        begin(at, 59);
        volumes(TCP, 8, 60, 400);
        FlowEnd office = outside("192.168.7." + (9 + hour % 3), ephemeral());
        talk.observe(legacy, FlowEnd.of(legacy, false, hour % 6 == 0 ? 21 : 23), office, false, 3);
        begin(at, 59);
        volumes(TCP, 10, 500, 100);
        observeClient(legacy, outside("192.168.9.20", 514), 3);
        // Over the transit gateway, to the operations' VPC.
        begin(at, 59);
        volumes(TCP, 12, 300, 500);
        FlowEnd metrics =
                new FlowEnd(Ascii.of("10.5.0.7"), Ascii.of("10.5.0.7"), 9090, Ascii.DASH, transit);
        observeClient(carts.get(1), metrics, 1);
        // By peering to analytics.
        begin(at, 59);
        volumes(TCP, 9, 250, 300);
        observeClient(batch, outside("10.1.20.5", 5432), 5);
        if (hour % 8 == 3) {
            // The shop is a peer of analytics, not of this VPC: nothing comes back.
            at(at + 100, 20);
            exchange(TCP, 3, 180, 0, 0, 2, 0);
            observeClient(batch, outside("10.0.20.5", 5432), 5);
            // A cache that was switched off.
            at(at + 130, 20);
            exchange(TCP, 4, 240, 0, 0, 2, 0);
            observeClient(carts.getFirst(), outside("10.4.20.9", 6379), 1);
        }
    }

    private void controls() {
        for (int i = 0; i < 9; i++) {
            at(START + 16 * HOUR + 30 + i * 20L, 0);
            exchange(TCP, 1, -1, 0, 0, 2, 0);
            talk.clientRejected = true;
            talk.rejectReason = Ascii.of("BPA");
            observeServer(legacy, outside("203.0.113.88", 41_000 + i), 8443);
            at(START + DAY + 16 * HOUR + 30 + i * 20L, 0);
            exchange(TCP, 1, 60, 0, 0, 2, 0);
            talk.clientRejected = true;
            talk.rejectReason = Ascii.of("EC");
            talk.observe(
                    database,
                    FlowEnd.of(database, false, 5432),
                    FlowEnd.of(legacy, false, 42_000 + i),
                    false,
                    1);
        }
    }

    private void attacks() {
        // SYNs that are let through, and no more: 24 in two minutes.
        for (int i = 0; i < 24; i++) {
            at(START + 20 * HOUR + 10 + i * 5L, 0);
            exchange(TCP, 1, 40, 1, 44, 2, 18);
            observeServer(balancer, outside("203.0.113.90", 43_000 + i), 443);
        }
        // Names that are too long, in one hour of the second day: 450 packets.
        for (int i = 0; i < 5; i++) {
            at(START + DAY + 11 * HOUR + 5 + i * 55L, 50);
            exchange(UDP, 90, 17_413 + i, 90, 25_007 + i, 0, 0);
            outOfNat(mail, outside("203.0.113.54", 53), 0);
        }
        // 3 November, 15:10: a host that never left the networks sends to somebody outside.
        at(START + 2L * DAY + 15 * HOUR + 610, 240);
        exchange(TCP, 26_000, 36_511_902, 2_100, 109_200, 3, 19);
        outOfNat(legacy, outside("192.0.2.99", 443), 2);
        // A tunnel.
        for (int i = 0; i < 3; i++) {
            at(START + 2L * DAY + 13 * HOUR + 10 + i * 60L, 50);
            exchange(47, 70, 61_000 + i, 66, 40_020 + i, 0, 0);
            talk.observe(legacy, FlowEnd.of(legacy, false, 0), outside("203.0.113.47", 0), true, 8);
        }
    }

    private void encrypted(int status) {
        talk.encryption = status;
    }

    /// Two records at the task, and four of the gateway, which has an address inside for nobody.
    private void outOfNat(NetworkInterface client, FlowEnd site, int encryption) {
        encrypted(encryption);
        FlowEnd near = FlowEnd.of(client, false, ephemeral());
        talk.observe(client, near, site, true, 1);
        talk.observe(nat, site, near, false, 1);
        talk.observe(nat, outside(PUBLIC_NAT, random.between(1_024, 65_535)), site, true, 8);
    }

    // Interfaces.

    private static NetworkInterface eni(String ipv4, int zone, String type) {
        NetworkInterface.Builder b = builder(ipv4, zone);
        b.interfaceType = type;
        return b.build();
    }

    private static NetworkInterface host(String ipv4, int zone, String name) {
        NetworkInterface.Builder b = builder(ipv4, zone);
        b.instanceId = b.interfaceId.replace("eni-", "i-");
        b.tags = List.of(name, "-", "-", "-", "-", "-");
        return b.build();
    }

    private static NetworkInterface task(String ipv4, int zone, String service, int number) {
        NetworkInterface.Builder b = builder(ipv4, zone);
        String arn = "arn:aws:ecs:" + BY.region() + ":" + BY.account() + ":";
        String id = String.format(Locale.ROOT, "05eed%027x", number);
        String family = service.equals("-") ? "report" : service;
        b.ecs =
                List.of(
                        arn + "cluster/platform",
                        "platform",
                        "-",
                        "-",
                        "05eed" + "c".repeat(58) + number,
                        "-",
                        service,
                        arn + "task-definition/" + family + ":7",
                        arn + "task/platform/" + id,
                        id);
        return b.build();
    }

    private static NetworkInterface regionalNat() {
        NetworkInterface.Builder b = builder("10.4.0.0", 1);
        b.interfaceId = "-";
        b.subnetId = "-";
        b.azId = "-";
        b.resourceId = "nat-05eed000000000001";
        b.interfaceType = "regional_nat_gateway";
        return b.build();
    }

    private static NetworkInterface.Builder builder(String ipv4, int zone) {
        String[] octets = ipv4.split("\\.", -1);
        int address = 0;
        for (String octet : octets) {
            address = address << 8 | Integer.parseInt(octet);
        }
        String tail = String.format(Locale.ROOT, "05eed0000%08x", address);
        NetworkInterface.Builder b = new NetworkInterface.Builder();
        b.account = BY.account();
        b.interfaceId = "eni-" + tail;
        b.vpcId = "vpc-05eed000000000004";
        b.subnetId = "subnet-05eed00000000" + octets[1] + tail.substring(13, 15) + zone;
        b.region = BY.region();
        b.azId = "euc1-az" + zone;
        b.ipv4 = ipv4;
        return b;
    }
}
