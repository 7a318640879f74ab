// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/// One search of few records, in words that mean the same to both.
///
/// @param name what it looks for and how often that is
/// @param sql for Weir
/// @param duckDb for DuckDB, where addresses are text and absent texts NULL
record Lookup(String name, String sql, String duckDb) {
    private static final Pattern V4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final String FROM = " FROM vpc_flow_logs WHERE ";
    private static final String COUNT = "SELECT count(*) AS n, sum(bytes) AS b" + FROM;

    /// A value and how many rows have it.
    private record Found(String value, long rows) {
        String said() {
            return "%s (%,d rows)".formatted(value, rows);
        }
    }

    /// The lookups of a store; `seed` chooses what is looked for.
    ///
    /// @param ask gives the rows of a statement, their cells apart by tabs
    /// @param hasVpc whether the records name VPCs
    static List<Lookup> of(Function<String, List<String>> ask, long seed, boolean hasVpc) {
        Random random = new Random(seed);
        List<Found> addresses =
                values(ask, "srcaddr").stream()
                        .filter(found -> V4.matcher(found.value).matches())
                        .toList();
        Found rare = pick(addresses, random, 0, rareCount(addresses));
        int middleAt = addresses.size() - 1 - addresses.size() / 50;
        Found middle = pick(addresses, random, middleAt, middleAt + 20);
        Found frequent = pick(addresses, random, addresses.size() - 10, addresses.size());
        List<Lookup> lookups = new ArrayList<>();
        for (Found address : List.of(rare, middle, frequent)) {
            String source = "srcaddr = '" + address.value + "'";
            String either = source + " OR dstaddr = '" + address.value + "'";
            lookups.add(same("source " + address.said(), COUNT + source));
            lookups.add(same("source or destination " + address.value, COUNT + either));
        }
        lookups.add(
                same(
                        "all columns of source " + rare.value,
                        "SELECT *" + FROM + "srcaddr = '" + rare.value + "'"));
        lookups.add(within(middle.value, 24));
        lookups.add(within(rare.value, 16));
        List<Found> ports = values(ask, "dstport");
        lookups.add(equal("rare port", "dstport", pick(ports, random, 0, rareCount(ports)), ""));
        lookups.add(equal("common port", "dstport", ports.getLast(), ""));
        lookups.add(equal("protocol", "protocol", values(ask, "protocol").getFirst(), ""));
        lookups.add(same("action REJECT", COUNT + "action = 'REJECT'"));
        List<Found> interfaces = values(ask, "interface_id");
        lookups.add(
                equal(
                        "interface",
                        "interface_id",
                        pick(interfaces, random, 0, interfaces.size()),
                        "'"));
        if (hasVpc) {
            List<Found> vpcs = values(ask, "vpc_id");
            lookups.add(equal("VPC", "vpc_id", pick(vpcs, random, 0, vpcs.size()), "'"));
        }
        lookups.add(inOneHour(ask, middle.value));
        return lookups;
    }

    /// The values of a column, the rarest first.
    private static List<Found> values(Function<String, List<String>> ask, String column) {
        List<Found> values = new ArrayList<>();
        String sql =
                "SELECT %1$s, count(*) AS n FROM vpc_flow_logs GROUP BY %1$s ORDER BY n, %1$s"
                        .formatted(column);
        for (String row : ask.apply(sql)) {
            String[] cells = row.split("\t", -1);
            if (!cells[0].isEmpty() && !cells[0].equals("-")) {
                values.add(new Found(cells[0], Long.parseLong(cells[1])));
            }
        }
        return values;
    }

    private static int rareCount(List<Found> values) {
        long least = values.getFirst().rows;
        return (int) values.stream().filter(found -> found.rows == least).count();
    }

    private static Found pick(List<Found> values, Random random, int from, int to) {
        int first = Math.clamp(from, 0, values.size() - 1);
        return values.get(random.nextInt(first, Math.clamp(to, first + 1, values.size())));
    }

    private static Lookup same(String name, String sql) {
        return new Lookup(name, sql, sql);
    }

    private static Lookup equal(String name, String column, Found found, String quote) {
        return same(
                name + " " + found.said(), COUNT + column + " = " + quote + found.value + quote);
    }

    /// Everything to one network, whose length ends behind an octet, so that text can say it too.
    private static Lookup within(String address, int bits) {
        List<String> octets = List.of(address.split("\\.", -1)).subList(0, bits / 8);
        String prefix = String.join(".", octets) + ".";
        String block = prefix + "0.0.0.0".substring(bits / 4) + "/" + bits;
        return new Lookup(
                "source in " + block,
                COUNT + "contains('" + block + "', CAST(srcaddr AS ipaddress))",
                COUNT + "srcaddr LIKE '" + prefix + "%'");
    }

    private static Lookup inOneHour(Function<String, List<String>> ask, String address) {
        String[] ends =
                ask.apply("SELECT min(start), max(start) FROM vpc_flow_logs")
                        .getFirst()
                        .split("\t", -1);
        long middle = (Long.parseLong(ends[0]) + Long.parseLong(ends[1])) / 2;
        return same(
                "the same in one hour",
                COUNT
                        + ("(srcaddr = '%1$s' OR dstaddr = '%1$s')"
                                        + " AND start >= %2$d AND start < %3$d")
                                .formatted(address, middle, middle + 3600));
    }
}
