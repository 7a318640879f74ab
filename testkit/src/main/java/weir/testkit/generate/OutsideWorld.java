// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import weir.testkit.record.AddressText;

/// The addresses outside the estate: clients, sites, scanners and AWS's own. Immutable.
final class OutsideWorld {

    /// A pool of addresses, the first ones picked most.
    static final class Pool {
        private final byte[][] addresses;
        private final WeightedChoice choice;

        /// Service name AWS gives the addresses, or `-`.
        final byte[] service;

        Pool(byte[][] addresses, double skew, byte[] service) {
            this.addresses = addresses;
            this.choice = WeightedChoice.zipf(addresses.length, skew);
            this.service = service;
        }

        byte[] pick(SeededRandom random) {
            return addresses[choice.pick(random)];
        }
    }

    private static final int CLIENTS = 26_000;
    private static final int SITES = 11_000;
    private static final int SCANNERS = 14_000;
    private static final int NETWORKS = 2_500;
    private static final int EVEN_ADDRESSES = 2_000_000;
    private static final int HARD_EVEN_PER_THOUSAND = 950;

    private final long seed;
    private final boolean hard;
    private final int[] networks = new int[NETWORKS];

    final Pool clients;
    final Pool clients6;
    final Pool sites;
    final Pool sites6;
    final Pool scanners;
    final Pool nameServers;
    final Pool timeServers;
    final Pool s3;
    final Pool dynamo;

    /// EC2, AMAZON, CLOUDFRONT and other services' public addresses.
    final Pool[] services;

    final WeightedChoice serviceChoice = WeightedChoice.of(45, 30, 12, 6, 4, 3);

    OutsideWorld(long seed, boolean hard) {
        this.seed = seed;
        this.hard = hard;
        SeededRandom random = SeededRandom.of(seed, 11, 0, 0);
        for (int i = 0; i < NETWORKS; i++) {
            networks[i] = publicIpv4(random) & 0xFFFF_0000;
        }
        clients = new Pool(inNetworks(random, CLIENTS), 0.9, Ascii.DASH);
        sites = new Pool(inNetworks(random, SITES), 1.05, Ascii.DASH);
        scanners = new Pool(inNetworks(random, SCANNERS), 0.7, Ascii.DASH);
        nameServers = new Pool(inNetworks(random, 12), 1.0, Ascii.DASH);
        timeServers = new Pool(inNetworks(random, 24), 0.8, Ascii.DASH);
        clients6 = new Pool(ipv6(random, 2_400), 0.9, Ascii.DASH);
        sites6 = new Pool(ipv6(random, 900), 1.0, Ascii.DASH);
        s3 = aws(random, "S3", 900, 52, 216, 15);
        dynamo = aws(random, "DYNAMODB", 160, 52, 94, 22);
        services =
                new Pool[] {
                    aws(random, "AMAZON", 1_300, 52, 46, 17),
                    aws(random, "EC2", 1_700, 54, 144, 12),
                    aws(random, "CLOUDFRONT", 350, 13, 224, 14),
                    aws(random, "API_GATEWAY", 60, 3, 216, 20),
                    aws(random, "GLOBALACCELERATOR", 40, 99, 77, 18),
                    aws(random, "ROUTE53_HEALTHCHECKS", 48, 15, 177, 18)
                };
    }

    byte[] client(SeededRandom random, boolean v6) {
        return v6 ? clients6.pick(random) : hardOr(clients, random);
    }

    byte[] site(SeededRandom random, boolean v6) {
        return v6 ? sites6.pick(random) : hardOr(sites, random);
    }

    byte[] scanner(SeededRandom random) {
        return hardOr(scanners, random);
    }

    Pool service(SeededRandom random) {
        return services[serviceChoice.pick(random)];
    }

    private byte[] hardOr(Pool pool, SeededRandom random) {
        if (hard && random.chance(HARD_EVEN_PER_THOUSAND)) {
            int index = random.below(EVEN_ADDRESSES);
            SeededRandom own = SeededRandom.of(seed, 12, index, 0);
            return Ascii.of(AddressText.ipv4(publicIpv4(own)));
        }
        return pool.pick(random);
    }

    private byte[][] inNetworks(SeededRandom random, int count) {
        byte[][] addresses = new byte[count][];
        for (int i = 0; i < count; i++) {
            int network = networks[random.below(NETWORKS)];
            addresses[i] = Ascii.of(AddressText.ipv4(network | random.between(1, 0xFFFE)));
        }
        return addresses;
    }

    private static byte[][] ipv6(SeededRandom random, int count) {
        byte[][] addresses = new byte[count][];
        for (int i = 0; i < count; i++) {
            long site = 0x2000_0000_0000_0000L | (random.next() & 0x0FFF_3FFF_0FFF_00FFL);
            // Servers are often numbered by hand, clients by privacy extensions.
            long host = random.chance(300) ? random.between(1, 0xFF) : random.next();
            addresses[i] = Ascii.of(AddressText.ipv6(site, host));
        }
        return addresses;
    }

    private static Pool aws(
            SeededRandom random, String name, int count, int first, int second, int prefix) {
        int network = (first << 24) | (second << 16);
        int hosts = (1 << (32 - prefix)) - 1;
        byte[][] addresses = new byte[count][];
        for (int i = 0; i < count; i++) {
            addresses[i] = Ascii.of(AddressText.ipv4(network | random.between(1, hosts)));
        }
        return new Pool(addresses, 0.8, Ascii.of(name));
    }

    /// An address that is neither private, reserved, multicast nor for documentation.
    static int publicIpv4(SeededRandom random) {
        while (true) {
            int address = (int) (random.next() >>> 32);
            int first = address >>> 24;
            int second = (address >>> 16) & 0xFF;
            boolean reserved =
                    first == 0
                            || first == 10
                            || first == 127
                            || first >= 224
                            || (first == 100 && second >= 64 && second < 128)
                            || (first == 169 && second == 254)
                            || (first == 172 && second >= 16 && second < 32)
                            || (first == 192 && (second == 168 || second == 0 || second == 88))
                            || (first == 198 && (second == 18 || second == 19 || second == 51))
                            || (first == 203 && second == 0);
            if (!reserved) {
                return address;
            }
        }
    }
}
