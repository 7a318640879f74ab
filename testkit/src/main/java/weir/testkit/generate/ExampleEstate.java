// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import weir.testkit.record.AddressText;
import weir.testkit.record.LogFormat;

/// The small estate under `examples/`: three days of two accounts with an intrusion in it, told in
/// `docs/EXAMPLES.md`. Always the same files (gzip files: always the same text).
///
/// To write it again, from the top of the repository: `java -cp testkit/target/classes
/// weir.testkit.generate.ExampleEstate examples`
public final class ExampleEstate extends ExampleScenes {

    private static final LogFormat ANALYTICS_FORMAT =
            LogFormat.parse(
                    "version vpc-id subnet-id instance-id interface-id account-id type srcaddr"
                            + " dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes"
                            + " packets start end action tcp-flags log-status region az-id"
                            + " sublocation-type sublocation-id pkt-src-aws-service"
                            + " pkt-dst-aws-service flow-direction traffic-path");
    private static final LogFormat PARTNER_FORMAT =
            LogFormat.parse(
                    "account-id interface-id instance-id srcaddr dstaddr srcport dstport protocol"
                            + " packets bytes start end action tcp-flags type vpc-id log-status"
                            + " version");

    private static final int SHOP = 0;
    private static final int ANALYTICS = 1;
    private static final int PARTNER = 2;

    private static final List<Subscription> SUBSCRIPTIONS =
            List.of(
                    new Subscription("111122223333", "us-east-1", "fl-05eed000000000001"),
                    new Subscription("111122223333", "eu-west-1", "fl-05eed000000000002"),
                    new Subscription("444455556666", "us-east-1", "fl-05eed000000000003"));

    private final List<LineBuffer> buffers;

    private final List<NetworkInterface> shopWeb =
            List.of(host(SHOP, "10.0.0.10", 1), host(SHOP, "10.0.1.10", 2));
    private final List<NetworkInterface> shopApps =
            List.of(
                    host(SHOP, "10.0.10.11", 1),
                    host(SHOP, "10.0.10.12", 2),
                    host(SHOP, "10.0.10.13", 1),
                    host(SHOP, "10.0.10.14", 2));
    private final NetworkInterface shopDatabase = managed(SHOP, "10.0.20.5", 1);
    private final NetworkInterface shopIdle = host(SHOP, "10.0.30.9", 2);

    private final NetworkInterface bastion = host(ANALYTICS, "10.1.0.22", 1);
    private final NetworkInterface nat = managed(ANALYTICS, "10.1.0.220", 1);
    private final NetworkInterface front = host(ANALYTICS, "10.1.0.10", 1);
    private final List<NetworkInterface> apps =
            List.of(
                    host(ANALYTICS, "10.1.10.11", 1),
                    host(ANALYTICS, "10.1.10.12", 1),
                    host(ANALYTICS, "10.1.10.13", 2));
    private final NetworkInterface database = managed(ANALYTICS, "10.1.20.5", 2);
    private final NetworkInterface idle = host(ANALYTICS, "10.1.30.9", 2);

    private final List<NetworkInterface> partners =
            List.of(host(PARTNER, "10.3.0.10", 1), host(PARTNER, "10.3.0.11", 2));

    private ExampleEstate(List<LineBuffer> buffers) {
        super(20261101, row -> buffers.get(row.eni.subscription).accept(row));
        this.buffers = buffers;
    }

    /// Writes the files into the folder given as the only argument.
    ///
    /// @throws IOException when a file can not be written
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("give the folder to write to, nothing else");
        }
        write(Path.of(args[0]));
    }

    /// Writes `AWSLogs/...` below a folder; other files there are left alone.
    ///
    /// @throws IOException when a file can not be written
    public static GenerationResult write(Path folder) throws IOException {
        ExampleEstate estate =
                new ExampleEstate(
                        List.of(
                                new LineBuffer(LogFormat.V2, 12_000),
                                new LineBuffer(ANALYTICS_FORMAT, 12_000),
                                new LineBuffer(PARTNER_FORMAT, 2_000)));
        for (int hour = 0; hour < HOURS; hour++) {
            estate.background(hour);
        }
        estate.intrusion();
        estate.beacons();
        estate.oddities();
        GenerationResult vpcs =
                ExampleFiles.sum(estate.files(folder), ExamplePlatform.write(folder));
        return ExampleFiles.sum(vpcs, ExampleTransit.write(folder));
    }

    // The days as they usually are: work at the top of each hour.

    private void background(int hour) {
        long at = START + (long) hour * HOUR;
        int busy = hour % 24 >= 7 && hour % 24 < 20 ? 3 : 2;
        shopHour(at, busy);
        analyticsHour(at, hour, busy);
        if (hour % 3 == 0) {
            partnerHour(at);
        }
    }

    private void shopHour(long at, int busy) {
        for (int i = 0; i < 9 * busy; i++) {
            NetworkInterface web = shopWeb.get(random.below(2));
            begin(at, 280);
            volumes(TCP, 12, 300, 900);
            observeServer(web, outside(client(), ephemeral()), random.chance(850) ? 443 : 80);
        }
        for (int i = 0; i < 5 * busy; i++) {
            begin(at, 280);
            volumes(TCP, 25, 250, 500);
            inside(shopWeb.get(random.below(2)), shopApps.get(random.below(4)), 8080, 1);
        }
        for (int i = 0; i < 3 * busy; i++) {
            begin(at, 280);
            volumes(TCP, 40, 180, 700);
            inside(shopApps.get(random.below(4)), shopDatabase, 5432, 1);
        }
        for (int i = 0; i < 6; i++) {
            begin(at, 280);
            probe(shopWeb.get(random.below(2)), scanner(), scannedPort());
        }
        begin(at, 280);
        small(UDP, 76, 76);
        talk.observe(
                shopApps.getFirst(),
                FlowEnd.of(shopApps.getFirst(), false, ephemeral()),
                outside("198.18.0.123", 123),
                true,
                1);
        silence(shopIdle, at, 280, Ascii.NODATA);
    }

    private void analyticsHour(long at, int hour, int busy) {
        for (int i = 0; i < 2 * busy; i++) {
            begin(at, 59);
            volumes(TCP, 14, 300, 1_000);
            observeServer(front, outside(client(), ephemeral()), 443);
            begin(at, 59);
            volumes(TCP, 30, 200, 600);
            inside(apps.get(random.below(3)), database, 5432, 1);
            begin(at, 59);
            volumes(TCP, 60, 1_100, 90);
            NetworkInterface app = apps.get(random.below(3));
            talk.observe(
                    app,
                    FlowEnd.of(app, false, ephemeral()),
                    FlowEnd.outside(s3Address(), 443, Ascii.of("S3")),
                    true,
                    7);
        }
        // One service never got the endpoint in its route table: S3 through the NAT gateway.
        begin(at, 59);
        volumes(TCP, 45, 1_000, 90);
        throughNat(apps.get(2), FlowEnd.outside(s3Address(), 443, Ascii.of("S3")));
        begin(at, 59);
        volumes(TCP, 10, 200, 800);
        throughNat(apps.get(random.below(3)), outside(site(), 443));
        begin(at, 59);
        volumes(TCP, 9, 150, 300);
        observeClient(apps.getFirst(), outside("10.2.0.40", 8443), 4);
        begin(at, 59);
        volumes(TCP, 11, 300, 250);
        inside(apps.get(1), shopApps.getFirst(), 8080, 5);
        ipv6(at);
        begin(at, 59);
        small(UDP, 64, 180);
        observeClient(apps.get(2), outside("198.51.100.53", 53), 1);
        for (int i = 0; i < 3; i++) {
            begin(at, 59);
            probe(random.chance(500) ? front : bastion, scanner(), scannedPort());
        }
        if (hour % 2 == 0) {
            silence(idle, at, 58, Ascii.NODATA);
        }
    }

    private void ipv6(long at) {
        begin(at, 59);
        talk.v6 = true;
        volumes(TCP, 12, 300, 1_100);
        FlowEnd visitor = outside(client6(), ephemeral());
        talk.observe(front, FlowEnd.of(front, true, 443), visitor, false, 8);
        // Out by the egress-only gateway: nothing ever comes in to this host by itself.
        begin(at, 59);
        talk.v6 = true;
        volumes(TCP, 8, 200, 700);
        NetworkInterface app = apps.getFirst();
        talk.observe(
                app,
                FlowEnd.of(app, true, ephemeral()),
                outside("2001:db8:ffff::80", 443),
                true,
                8);
    }

    private void partnerHour(long at) {
        for (int i = 0; i < 4; i++) {
            begin(at, 59);
            volumes(TCP, 15, 300, 700);
            observeServer(partners.get(random.below(2)), outside(client(), ephemeral()), 443);
        }
        begin(at, 59);
        volumes(TCP, 20, 200, 400);
        inside(partners.getFirst(), partners.get(1), 6379, 1);
        begin(at, 59);
        probe(partners.get(random.below(2)), scanner(), scannedPort());
        silence(partners.get(1), at, 59, Ascii.NODATA);
    }

    // What the examples are about.

    private void intrusion() {
        // Day 1, 02:10: 203.0.113.66 walks over 300 ports of the bastion; only 22 is open.
        long scan = START + 2 * HOUR + 10 * 60;
        for (int port = 1; port <= 300; port++) {
            at(scan + port * 270L / 300, 0);
            probe(bastion, outside("203.0.113.66", 45_000 + port), port * 3 + 17);
        }
        at(scan + 275, 2);
        exchange(TCP, 5, 300, 4, 280, 3, 19);
        observeServer(bastion, outside("203.0.113.66", 45_999), 22);

        // Day 1, 09:05: 198.51.100.23 asks every address of the shop for RDP.
        long sweep = START + 9 * HOUR + 5 * 60;
        List<NetworkInterface> shop = new ArrayList<>(shopWeb);
        shop.addAll(shopApps);
        shop.add(shopDatabase);
        shop.add(shopIdle);
        for (int i = 0; i < 3 * shop.size(); i++) {
            at(sweep + i * 8L, 1);
            probe(shop.get(i % shop.size()), outside("198.51.100.23", 50_000 + i), 3389);
        }

        // Day 2, 01:00 to 02:40: 203.0.113.77 guesses SSH passwords.
        long force = START + DAY + HOUR;
        for (int i = 0; i < 400; i++) {
            at(force + i * 15L, 4);
            FlowEnd guesser = outside("203.0.113.77", 30_000 + i);
            if (i % 5 < 3) {
                exchange(TCP, 3, 180, 0, 0, 2, 0);
                talk.clientRejected = true;
            } else {
                exchange(TCP, 14, 1_810 + i % 7, 12, 2_290 + i % 11, 3, 19);
            }
            observeServer(bastion, guesser, 22);
        }
        session();
    }

    private void session() {
        // 02:41: the right one. A session of 90 minutes, one record per ten minutes and way.
        long in = START + DAY + 2 * HOUR + 41 * 60;
        FlowEnd intruder = outside("203.0.113.77", 30_777);
        for (int i = 0; i < 9; i++) {
            at(in + i * 600L, 590);
            exchange(
                    TCP,
                    700 + 13 * i,
                    61_003 + 977L * i,
                    650 + 11 * i,
                    98_017 + 1_213L * i,
                    i == 0 ? 2 : i == 8 ? 1 : 0,
                    i == 0 ? 18 : i == 8 ? 1 : 0);
            observeServer(bastion, intruder, 22);
        }
        // 02:55: from the bastion to the database, across zones.
        for (int i = 0; i < 5; i++) {
            at(START + DAY + 2 * HOUR + (55 + 5 * i) * 60L, 280);
            exchange(TCP, 41_000, 2_214_017, 262_000, 382_520_113, 0, 0);
            inside(bastion, database, 5432, 1);
        }
        // 03:20 to 04:00: 1.9 GB leave for 192.0.2.200.
        FlowEnd drop = outside("192.0.2.200", 443);
        NetworkInterface from = bastion;
        for (int i = 0; i < 8; i++) {
            at(START + DAY + 3 * HOUR + (20 + 5 * i) * 60L, 290);
            exchange(
                    TCP,
                    163_000 + 311 * i,
                    240_112_733L + 91_009L * i,
                    81_000,
                    4_212_009,
                    i == 0 ? 2 : i == 7 ? 1 : 0,
                    i == 0 ? 18 : i == 7 ? 1 : 0);
            talk.observe(from, FlowEnd.of(from, false, 51_515), drop, true, 8);
        }
    }

    private void beacons() {
        // Day 2, 06:00, to day 3, 18:00: 10.1.10.12 calls home every half hour, 3 s give or take.
        for (int i = 0; i < 72; i++) {
            at(START + DAY + 6 * HOUR + i * 1_800L + 30 + random.between(-3, 3), 1);
            exchange(TCP, 6, 611 + random.below(9), 5, 702 + random.below(9), 3, 19);
            throughNat(apps.get(1), outside("198.51.100.99", 8443));
        }
    }

    private void oddities() {
        // Capacity was exceeded at the database for an hour of day 1.
        for (int i = 0; i < 6; i++) {
            silence(shopDatabase, START + 12 * HOUR + i * 600L, 299, Ascii.SKIPDATA);
            silence(database, START + 12 * HOUR + i * 600L, 59, Ascii.SKIPDATA);
        }
        // A NACL lets the echo request in and the answer not out.
        for (int day = 0; day < 3; day++) {
            at(START + day * (long) DAY + 15 * HOUR + 120, 114);
            exchange(1, 4, 336, 4, 336, 0, 0);
            talk.serverRejected = true;
            NetworkInterface web = shopWeb.getFirst();
            talk.observe(web, FlowEnd.of(web, false, 0), outside("203.0.113.12", 0), false, 8);
        }
        // Packets that arrive after the connection closed are refused too.
        for (int i = 0; i < 12; i++) {
            at(START + DAY + 14 * HOUR + 10 + i * 9L, 0);
            exchange(TCP, 1, 40, 0, 0, 4, 0);
            talk.clientRejected = true;
            observeServer(front, outside(client(), ephemeral()), 443);
        }
        // Names asked of a resolver nobody approved, 60 times in five minutes.
        for (int i = 0; i < 60; i++) {
            at(START + 2L * DAY + 10 * HOUR + 301 + i * 4L, 1);
            small(UDP, 71 + i % 5, 190 + i % 13);
            NetworkInterface app = shopApps.get(3);
            talk.observe(
                    app, FlowEnd.of(app, false, 40_000 + i), outside("203.0.113.53", 53), true, 1);
        }
    }

    /// Two records at the instance and the gateway's four legs.
    private void throughNat(NetworkInterface client, FlowEnd site) {
        FlowEnd instance = FlowEnd.of(client, false, ephemeral());
        talk.observe(client, instance, site, true, 1);
        FlowEnd natInside = new FlowEnd(nat.ipv4, site.address(), site.port(), site.service(), nat);
        talk.observe(nat, natInside, instance, false, 1);
        talk.observe(nat, FlowEnd.of(nat, false, random.between(1024, 65535)), site, true, 8);
    }

    // Addresses: documentation and benchmarking ranges only.

    private FlowEnd scanner() {
        return outside("198.19." + random.below(250) + "." + random.between(1, 254), ephemeral());
    }

    private String client() {
        int near = random.below(40);
        int rank = random.below(near + 1);
        return "198.18." + (16 + rank % 12) + "." + (20 + rank * 5);
    }

    private String client6() {
        int rank = random.below(12);
        return AddressText.ipv6(0x2001_0DB8_00AA_0000L + rank, 0x1000L + rank * 257L);
    }

    private String site() {
        return "192.0.2." + (10 + random.below(30));
    }

    private byte[] s3Address() {
        return Ascii.of("198.18.64." + (4 + random.below(8)));
    }

    private int scannedPort() {
        int[] usual = {22, 23, 80, 445, 3389, 5900, 6379, 8080, 8443};
        return random.chance(700) ? usual[random.below(9)] : random.between(1, 65_535);
    }

    // Interfaces.

    private static NetworkInterface host(int subscription, String ipv4, int zone) {
        return eni(subscription, ipv4, zone, true);
    }

    private static NetworkInterface managed(int subscription, String ipv4, int zone) {
        return eni(subscription, ipv4, zone, false);
    }

    private static NetworkInterface eni(int subscription, String ipv4, int zone, boolean own) {
        String[] octets = ipv4.split("\\.", -1);
        int address = 0;
        for (String octet : octets) {
            address = address << 8 | Integer.parseInt(octet);
        }
        String tail = String.format(Locale.ROOT, "05eed0000%08x", address);
        Subscription by = SUBSCRIPTIONS.get(subscription);
        NetworkInterface.Builder b = new NetworkInterface.Builder();
        b.subscription = subscription;
        b.account = by.account();
        b.interfaceId = "eni-" + tail;
        b.vpcId = "vpc-05eed00000000000" + subscription;
        b.subnetId = "subnet-05eed00000000" + octets[1] + tail.substring(13, 15) + zone;
        b.instanceId = own ? "i-" + tail : "-";
        b.region = by.region();
        b.azId = (subscription == ANALYTICS ? "euw1-az" : "use1-az") + zone;
        b.ipv4 = ipv4;
        if (subscription == ANALYTICS) {
            b.ipv6 =
                    AddressText.ipv6(
                            0x2001_0DB8_0001_0000L + Integer.parseInt(octets[2]),
                            Long.parseLong(octets[3]));
        }
        return b.build();
    }

    // Files.

    private GenerationResult files(Path folder) throws IOException {
        GenerationResult all = new GenerationResult(0, 0, 0, 0);
        List<LogFormat> formats = List.of(LogFormat.V2, ANALYTICS_FORMAT, PARTNER_FORMAT);
        for (int i = 0; i < SUBSCRIPTIONS.size(); i++) {
            ExampleFiles.Delivery delivery =
                    new ExampleFiles.Delivery(
                            SUBSCRIPTIONS.get(i), BucketLayout.DAILY, i != PARTNER);
            String header = formats.get(i).headerLine();
            all =
                    ExampleFiles.sum(
                            all, ExampleFiles.write(folder, delivery, buffers.get(i), header, i));
        }
        return all;
    }
}
