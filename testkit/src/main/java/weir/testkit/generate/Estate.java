// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import weir.testkit.record.AddressText;

/// The network that is generated: accounts, VPCs, subnets and interfaces. Immutable once built;
/// shared by all threads.
final class Estate {

    /// Interfaces of each VPC; about 500 in all.
    private static final int[] VPC_SIZES = {130, 90, 70, 55, 45, 35, 25, 20, 15, 15};

    /// Index into [#SUBSCRIBERS] of each VPC.
    private static final int[] VPC_OWNERS = {0, 1, 0, 2, 1, 0, 3, 2, 0, 3};

    private static final String[][] SUBSCRIBERS = {
        {"012345678901", "us-east-1", "use1-az", "1", "2", "4"},
        {"210987654321", "eu-west-1", "euw1-az", "1", "2", "3"},
        {"345678901234", "us-east-1", "use1-az", "2", "4", "6"},
        {"012345678901", "ap-southeast-2", "apse2-az", "1", "2", "3"},
    };

    /// VPCs joined by peering; the last pair is between regions.
    private static final int[][] PEERINGS = {{0, 2}, {0, 5}, {3, 7}, {1, 4}, {0, 1}};

    private static final Role[] FILL_ROLES = {
        Role.WEB, Role.APP, Role.DATABASE, Role.CACHE, Role.NODE, Role.TASK
    };
    private static final int[] FILL_WEIGHTS = {15, 40, 8, 5, 20, 12};

    private static final NetworkInterface[] NONE = {};

    private final long seed;
    private final List<NetworkInterface> all = new ArrayList<>();
    private final List<Map<Role, NetworkInterface[]>> byVpc = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    Estate(long seed) {
        this.seed = seed;
        for (int i = 0; i < SUBSCRIBERS.length; i++) {
            subscriptions.add(
                    new Subscription(SUBSCRIBERS[i][0], SUBSCRIBERS[i][1], id("fl", 900 + i)));
        }
        for (int vpc = 0; vpc < VPC_SIZES.length; vpc++) {
            Map<Role, List<NetworkInterface>> members = new EnumMap<>(Role.class);
            for (Role role : rolesOf(vpc)) {
                NetworkInterface eni = build(vpc, role, all.size());
                all.add(eni);
                members.computeIfAbsent(role, r -> new ArrayList<>()).add(eni);
            }
            Map<Role, NetworkInterface[]> arrays = new EnumMap<>(Role.class);
            members.forEach((role, list) -> arrays.put(role, list.toArray(NONE)));
            byVpc.add(arrays);
        }
    }

    List<NetworkInterface> interfaces() {
        return all;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /// The interfaces of a role within a VPC; may be empty.
    NetworkInterface[] members(int vpc, Role role) {
        return byVpc.get(vpc).getOrDefault(role, NONE);
    }

    /// Another VPC that this one is peered with, or -1.
    int peerOf(int vpc, SeededRandom random) {
        int first = random.below(PEERINGS.length);
        for (int i = 0; i < PEERINGS.length; i++) {
            int[] pair = PEERINGS[(first + i) % PEERINGS.length];
            if (pair[0] == vpc) {
                return pair[1];
            }
            if (pair[1] == vpc) {
                return pair[0];
            }
        }
        return -1;
    }

    /// AWS's number for the way from one VPC to a peered one: 4 within a region, 5 across.
    static int peeringPath(NetworkInterface from, NetworkInterface to) {
        return Arrays.equals(from.region, to.region) ? 4 : 5;
    }

    /// The public address of a NAT gateway's outside.
    byte[] publicAddress(NetworkInterface eni) {
        SeededRandom random = SeededRandom.of(seed, 13, eni.vpc, 0);
        return Ascii.of(AddressText.ipv4(OutsideWorld.publicIpv4(random)));
    }

    private List<Role> rolesOf(int vpc) {
        int size = VPC_SIZES[vpc];
        List<Role> roles = new ArrayList<>();
        if (vpc == 6) {
            roles.add(Role.REGIONAL_NAT);
        } else {
            repeat(roles, Role.NAT, size >= 90 ? 3 : size >= 35 ? 2 : 1);
        }
        repeat(roles, Role.ENDPOINT, size >= 45 ? 4 : 2);
        repeat(roles, Role.BALANCER, size >= 45 ? 3 : 1);
        roles.add(Role.BASTION);
        roles.add(Role.RESOLVER);
        roles.addAll(List.of(FILL_ROLES));
        WeightedChoice fill = WeightedChoice.of(FILL_WEIGHTS);
        SeededRandom random = SeededRandom.of(seed, 14, vpc, 0);
        while (roles.size() < size) {
            roles.add(FILL_ROLES[fill.pick(random)]);
        }
        return roles;
    }

    private static void repeat(List<Role> roles, Role role, int times) {
        for (int i = 0; i < times; i++) {
            roles.add(role);
        }
    }

    private NetworkInterface build(int vpc, Role role, int number) {
        SeededRandom random = SeededRandom.of(seed, 15, number, 0);
        String[] owner = SUBSCRIBERS[VPC_OWNERS[vpc]];
        int zone = random.below(3);
        int subnet = zone * 2 + (role.facesInternet() ? 0 : 1);
        boolean networkBalancer = role == Role.BALANCER && random.chance(400);
        boolean localZone = vpc == 0 && role == Role.APP && random.chance(60);
        boolean windows = random.chance(120);

        NetworkInterface.Builder b = new NetworkInterface.Builder();
        b.role = role;
        b.subscription = VPC_OWNERS[vpc];
        b.vpc = vpc;
        b.phaseSeconds = random.below(60);
        b.account = role == Role.ENDPOINT || networkBalancer ? "unknown" : owner[0];
        b.vpcId = id("vpc", 800 + vpc);
        b.region = owner[1];
        b.ipv4 = ipv4(vpc, subnet, number);
        if (vpc % 2 == 0) {
            long prefix = 0x2600_1F18_0000_0000L | (vpc * 0x0137L + 0x4021) << 16 | subnet << 8;
            b.ipv6 = AddressText.ipv6(prefix, random.next());
        }
        b.azId = localZone ? "-" : owner[2] + owner[3 + zone];
        if (localZone) {
            b.sublocationType = "localzone";
            b.sublocationId = owner[1] + "-bos-1a";
        }
        if (role == Role.REGIONAL_NAT) {
            b.resourceId = id("nat", number);
            b.azId = "-";
        } else {
            b.interfaceId = id("eni", number);
            b.subnetId = id("subnet", 1000 + vpc * 8 + subnet);
        }
        b.interfaceType =
                switch (role) {
                    case NAT -> "nat_gateway";
                    case REGIONAL_NAT -> "regional_nat_gateway";
                    case ENDPOINT -> "vpc_endpoint";
                    case BALANCER -> networkBalancer ? "network_load_balancer" : "-";
                    default -> "-";
                };
        if (role == Role.NAT || role == Role.REGIONAL_NAT) {
            b.firstEphemeral = 1024;
            b.lastEphemeral = 65535;
        } else if (windows) {
            b.firstEphemeral = 49152;
            b.lastEphemeral = 65535;
        }
        instance(b, random, number, owner);
        return b.build();
    }

    private void instance(
            NetworkInterface.Builder b, SeededRandom random, int number, String[] owner) {
        boolean managed =
                switch (b.role) {
                    case NAT, REGIONAL_NAT, ENDPOINT, BALANCER, DATABASE, TASK -> true;
                    default -> false;
                };
        if (managed) {
            b.tags = List.of("-", "-", "net%2D" + (number % 7), "-", "-", "-");
        } else {
            b.instanceId = id("i", number);
            String team = "team%2D" + (char) ('a' + random.below(9));
            String role = b.role.name().toLowerCase(Locale.ROOT);
            b.tags =
                    List.of(
                            role + "%2Dprod",
                            team,
                            "eth0",
                            "-",
                            b.role == Role.APP ? "asg%2D" + role : "-",
                            "-");
        }
        if (b.role == Role.NODE) {
            List<String> pods = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                pods.add(ipv4(b.vpc, 8 + random.below(4), random.below(10_000)));
            }
            b.pods = List.copyOf(pods);
        }
        if (b.role == Role.TASK) {
            b.ecs = task(random, owner);
        }
    }

    private static List<String> task(SeededRandom random, String[] owner) {
        String[] services = {"checkout", "catalog", "search", "mailer", "billing"};
        String service = services[random.below(services.length)];
        String arn = "arn:aws:ecs:" + owner[1] + ":" + owner[0] + ":";
        String task = hex(random.next()) + hex(random.next());
        boolean fargate = random.chance(600);
        String host = "0" + hex(random.next());
        return List.of(
                arn + "cluster/shop",
                "shop",
                fargate ? "-" : arn + "container-instance/shop/" + hex(random.next()),
                fargate ? "-" : "i-" + host,
                task.substring(0, 24) + "-" + (random.next() >>> 33),
                random.chance(300) ? hex(random.next()) : "-",
                service,
                arn + "task-definition/" + service + ":" + random.between(1, 90),
                arn + "task/shop/" + task,
                task);
    }

    private static String ipv4(int vpc, int subnet, int number) {
        // A step coprime to 240 spreads neighbours over the subnet; 0..3 belong to AWS.
        int host = 4 + number * 17 % 240;
        return "10." + (16 + vpc * 4) + "." + (subnet * 16 + number / 240) + "." + host;
    }

    private String id(String kind, int number) {
        return kind + "-0" + hex(SeededRandom.of(seed, 16, number, kind.hashCode()).next());
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
