// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// The platform's transit gateway, which logs in a format of its own. Told in `docs/EXAMPLES.md`.
final class ExampleTransit {
    private static final Subscription BY =
            new Subscription("222233334444", "eu-central-1", "fl-05eed000000000005");
    private static final int EVERY_HOURS = 8;
    private static final String HEADER =
            "version resource-type account-id tgw-id tgw-attachment-id"
                    + " tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id"
                    + " tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni"
                    + " tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id"
                    + " srcaddr dstaddr srcport dstport protocol packets bytes start end"
                    + " log-status type packets-lost-no-route packets-lost-blackhole"
                    + " packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags"
                    + " region flow-direction pkt-src-aws-service pkt-dst-aws-service";

    private final SeededRandom random = new SeededRandom(20261105);
    private final StringBuilder lines = new StringBuilder();
    private int count;

    private ExampleTransit() {}

    /// Writes the gateway's files below a folder: five minutes of every eighth hour.
    static GenerationResult write(Path folder) throws IOException {
        ExampleTransit transit = new ExampleTransit();
        GenerationResult all = new GenerationResult(0, 0, 0, 0);
        for (int hour = 0; hour < ExampleScenes.HOURS; hour += EVERY_HOURS) {
            long at = ExampleScenes.START + (long) hour * ExampleScenes.HOUR;
            transit.minutes(at);
            byte[] text = (HEADER + "\n" + transit.lines).getBytes(StandardCharsets.US_ASCII);
            int hash = (int) SeededRandom.of(31, 4, at, 0).next();
            Path path = BucketFiles.path(BY, BucketLayout.DAILY, at, hash, true);
            long written = BucketFiles.write(folder.resolve(path), text, true);
            all =
                    ExampleFiles.sum(
                            all, new GenerationResult(transit.count, 1, text.length, written));
            transit.lines.setLength(0);
            transit.count = 0;
        }
        return all;
    }

    private void minutes(long at) {
        for (int minute = 0; minute < 4; minute++) {
            long start = at + 60L * minute;
            int asked = random.between(8, 30);
            int port = random.between(32_768, 60_999);
            String there = "10.4.11.22 10.5.0.7 " + port + " 9090 6 ";
            String back = "10.5.0.7 10.4.11.22 9090 " + port + " 6 ";
            passes("4", "5", 1, 2, there + asked + " " + asked * 300, start, "3");
            passes("5", "4", 2, 1, back + asked + " " + asked * 520, start, "19");
        }
        // A network that no route table knows, and packets too large for the way.
        lost("10.4.10.50 10.6.0.4 40100 443 6 3 180", at + 70, "3 0 0 0");
        lost("10.4.11.41 10.5.0.9 40200 2049 6 6 54000", at + 130, "0 0 6 0");
    }

    /// What passes has a record at the attachment it comes in by and one where it leaves.
    private void passes(
            String from,
            String to,
            int fromZone,
            int toZone,
            String flow,
            long start,
            String flags) {
        String zones = " euc1-az" + fromZone + " euc1-az" + toZone;
        record(
                from,
                vpc(from) + " " + vpc(to),
                zones,
                to,
                flow,
                start,
                "0 0 0 0 " + flags,
                "ingress");
        record(
                to,
                vpc(from) + " " + vpc(to),
                zones,
                from,
                flow,
                start,
                "0 0 0 0 " + flags,
                "egress");
    }

    private void lost(String flow, long start, String losses) {
        record("4", vpc("4") + " -", " euc1-az1 -", "-", flow, start, losses + " 2", "ingress");
    }

    private static String vpc(String number) {
        return "vpc-05eed00000000000" + number;
    }

    private static String attachment(String number) {
        return number.equals("-") ? "-" : "tgw-attach-05eed00000000000" + number;
    }

    private void record(
            String at,
            String vpcs,
            String zones,
            String pair,
            String flow,
            long start,
            String lossesAndFlags,
            String direction) {
        lines.append(
                String.format(
                        Locale.ROOT,
                        "6 TransitGateway %s tgw-05eed000000000001 %s %s %s %s - - - -%s %s %s %d"
                                + " %d OK IPv4 %s %s %s - -\n",
                        BY.account(),
                        attachment(at),
                        BY.account(),
                        BY.account(),
                        vpcs,
                        zones,
                        attachment(pair),
                        flow,
                        start,
                        start + 50,
                        lossesAndFlags,
                        BY.region(),
                        direction));
        count++;
    }
}
