// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// Questions people ask of flow logs, each as SQL and as reference code, over a table of the 29
/// fields of version 5. Constants (an address, a time, a gateway) are taken from the table, so that
/// every question has something to find.
///
/// The SQL keeps to one SELECT without joins, subqueries or windows, and every ORDER BY is total,
/// so that an answer has one right order.
public final class Questions {

    private static final String FROM = " FROM vpc_flow_logs ";

    private final ReferenceTable table;
    private final ReferenceTable ok;
    private final List<Question> questions = new ArrayList<>();

    private Questions(ReferenceTable table) {
        this.table = table;
        this.ok = table.where(row -> row.is("log_status", "OK"));
    }

    /// Options that suit the questions: version 5, and so few records a second that a million of
    /// them cover two days.
    public static GeneratorOptions options(long records) {
        return GeneratorOptions.defaults()
                .withFormat(LogFormat.V5)
                .withRecords(records)
                .withRecordsPerSecond((int) Math.max(1, records / 172_800));
    }

    /// All questions over a table.
    ///
    /// @throws IllegalArgumentException when the table lacks what they ask about
    public static List<Question> over(ReferenceTable table) {
        if (table.size() == 0) {
            throw new IllegalArgumentException("questions need a table with rows");
        }
        Questions all = new Questions(table);
        all.totals();
        all.rejections();
        all.talkers();
        all.hosts();
        all.blocks();
        all.gateways();
        all.times();
        all.scans();
        all.classes();
        all.averages();
        all.columns();
        return List.copyOf(all.questions);
    }

    private void totals() {
        add(
                "volume of everything",
                "SELECT count(*) AS records, count(bytes) AS counted, sum(bytes) AS total,"
                        + " sum(packets) AS packets, min(start) AS first, max(\"end\") AS last"
                        + FROM,
                "records counted total packets first last",
                () ->
                        table.aggregate(
                                Aggregate.count(),
                                Aggregate.sum(row -> row.number("bytes") == null ? 0L : 1L),
                                Aggregate.sum("bytes"),
                                Aggregate.sum("packets"),
                                Aggregate.min(number("start")),
                                Aggregate.max(number("end"))));
        add(
                "records by action and status",
                "SELECT action, log_status, count(*) AS records, sum(bytes) AS total"
                        + FROM
                        + "GROUP BY action, log_status ORDER BY action, log_status",
                "action log_status records total",
                () ->
                        table.groupBy(text("action"), text("log_status"))
                                .aggregate(Aggregate.count(), Aggregate.sum("bytes"))
                                .orderBy(1, 2));
    }

    private void rejections() {
        long from = startOf(table) + 3_600;
        long to = from + 7_200;
        add(
                "rejected TCP in a time range",
                "SELECT srcaddr, dstaddr, srcport, dstport, start, \"end\""
                        + FROM
                        + "WHERE action = 'REJECT' AND protocol = 6 AND start BETWEEN "
                        + from
                        + " AND "
                        + to
                        + " ORDER BY start, srcaddr, dstaddr, srcport, dstport, \"end\" LIMIT 100",
                "srcaddr dstaddr srcport dstport start end",
                () ->
                        table.where(row ->
                                        row.is("action", "REJECT")
                                                && row.isAny("protocol", 6)
                                                && between(row, "start", from, to))
                                .select(
                                        text("srcaddr"),
                                        text("dstaddr"),
                                        number("srcport"),
                                        number("dstport"),
                                        number("start"),
                                        number("end"))
                                .orderBy(5, 1, 2, 3, 4, 6)
                                .limit(100));
        add(
                "SSH and RDP by action",
                "SELECT dstport, action, count(*) AS flows, count(DISTINCT srcaddr) AS sources,"
                        + " sum(packets) AS packets"
                        + FROM
                        + "WHERE dstport IN (22, 3389) AND protocol = 6"
                        + " GROUP BY 1, 2 ORDER BY 1, 2",
                "dstport action flows sources packets",
                () ->
                        table.where(row ->
                                        row.isAny("dstport", 22, 3389) && row.isAny("protocol", 6))
                                .groupBy(number("dstport"), text("action"))
                                .aggregate(
                                        Aggregate.count(),
                                        Aggregate.countDistinct(text("srcaddr")),
                                        Aggregate.sum("packets"))
                                .orderBy(1, 2));
        add(
                "rejected on unusual ports",
                "SELECT dstport, count(*) AS hits"
                        + FROM
                        + "WHERE action = 'REJECT' AND dstport NOT IN (22, 23, 80, 443, 3389)"
                        + " AND dstport < 32768 GROUP BY dstport HAVING count(*) >= 5"
                        + " ORDER BY hits DESC, dstport LIMIT 40",
                "dstport hits",
                () ->
                        table.where(row ->
                                        row.is("action", "REJECT")
                                                && row.number("dstport") != null
                                                && !row.isAny("dstport", 22, 23, 80, 443, 3389)
                                                && between(row, "dstport", 0, 32767))
                                .groupBy(number("dstport"))
                                .aggregate(Aggregate.count())
                                .having(group -> asLong(group.get(1)) >= 5)
                                .orderBy(-2, 1)
                                .limit(40));
    }

    private void talkers() {
        add(
                "top talkers",
                "SELECT srcaddr, sum(bytes) AS total, count(*) AS flows"
                        + FROM
                        + "WHERE log_status = 'OK' GROUP BY srcaddr"
                        + " ORDER BY total DESC, srcaddr LIMIT 50",
                "srcaddr total flows",
                () ->
                        ok.groupBy(text("srcaddr"))
                                .aggregate(Aggregate.sum("bytes"), Aggregate.count())
                                .orderBy(-2, 1)
                                .limit(50));
        add(
                "pairs by packets, second page",
                "SELECT pkt_srcaddr, pkt_dstaddr, sum(packets) AS packets"
                        + FROM
                        + "WHERE action = 'ACCEPT' GROUP BY pkt_srcaddr, pkt_dstaddr"
                        + " ORDER BY 3 DESC, 1, 2 OFFSET 20 LIMIT 30",
                "pkt_srcaddr pkt_dstaddr packets",
                () ->
                        table.where(row -> row.is("action", "ACCEPT"))
                                .groupBy(text("pkt_srcaddr"), text("pkt_dstaddr"))
                                .aggregate(Aggregate.sum("packets"))
                                .orderBy(-3, 1, 2)
                                .offset(20)
                                .limit(30));
        add(
                "busiest HTTPS receivers",
                "SELECT dstaddr, sum(packets) AS packets, avg(bytes) AS average"
                        + FROM
                        + "WHERE dstport = 443 AND flow_direction = 'ingress'"
                        + " GROUP BY dstaddr ORDER BY packets DESC, dstaddr LIMIT 10",
                "dstaddr packets average",
                List.of(2),
                () ->
                        table.where(row ->
                                        row.isAny("dstport", 443)
                                                && row.is("flow_direction", "ingress"))
                                .groupBy(text("dstaddr"))
                                .aggregate(Aggregate.sum("packets"), Aggregate.avg("bytes"))
                                .orderBy(-2, 1)
                                .limit(10));
    }

    private void hosts() {
        String host = mostFrequent(ok, "srcaddr");
        Function<ReferenceRow, @Nullable Object> side =
                row -> row.is("srcaddr", host) ? "out" : "in";
        add(
                "one host, both directions",
                "SELECT start, \"end\", srcaddr, dstaddr, srcport, dstport, bytes"
                        + FROM
                        + "WHERE srcaddr = '"
                        + host
                        + "' OR dstaddr = '"
                        + host
                        + "' ORDER BY start, \"end\", srcaddr, dstaddr, srcport, dstport, bytes"
                        + " OFFSET 10 LIMIT 200",
                "start end srcaddr dstaddr srcport dstport bytes",
                () ->
                        table.where(row -> row.is("srcaddr", host) || row.is("dstaddr", host))
                                .select(
                                        number("start"),
                                        number("end"),
                                        text("srcaddr"),
                                        text("dstaddr"),
                                        number("srcport"),
                                        number("dstport"),
                                        number("bytes"))
                                .orderBy(1, 2, 3, 4, 5, 6, 7)
                                .offset(10)
                                .limit(200));
        add(
                "upload and download of one host",
                "SELECT CASE WHEN srcaddr = '"
                        + host
                        + "' THEN 'out' ELSE 'in' END AS side, sum(bytes) AS total,"
                        + " min(from_unixtime(start)) AS first_seen,"
                        + " max(from_unixtime(\"end\")) AS last_seen"
                        + FROM
                        + "WHERE srcaddr = '"
                        + host
                        + "' OR dstaddr = '"
                        + host
                        + "' GROUP BY 1 ORDER BY 1",
                "side total first_seen last_seen",
                () ->
                        table.where(row -> row.is("srcaddr", host) || row.is("dstaddr", host))
                                .groupBy(side)
                                .aggregate(
                                        Aggregate.sum("bytes"),
                                        Aggregate.min(ReferenceRow::start),
                                        Aggregate.max(row -> instant(row.number("end"))))
                                .orderBy(1));
    }

    private void blocks() {
        Cidr vpc = Cidr.of("10.16.0.0/14");
        Cidr ten = Cidr.of("10.0.0.0/8");
        add(
                "from a VPC to the outside",
                "SELECT srcaddr, sum(bytes) AS total"
                        + FROM
                        + "WHERE contains('10.16.0.0/14', CAST(srcaddr AS IPADDRESS))"
                        + " AND NOT contains('10.0.0.0/8', CAST(dstaddr AS IPADDRESS))"
                        + " AND log_status = 'OK' GROUP BY srcaddr"
                        + " HAVING sum(bytes) > 100000 ORDER BY total DESC, srcaddr LIMIT 25",
                "srcaddr total",
                () ->
                        ok.where(row ->
                                        vpc.holds(row.text("srcaddr"))
                                                && ten.excludes(row.text("dstaddr")))
                                .groupBy(text("srcaddr"))
                                .aggregate(Aggregate.sum("bytes"))
                                .having(group -> group.get(1) instanceof Long sum && sum > 100_000)
                                .orderBy(-2, 1)
                                .limit(25));
        Cidr six = Cidr.of("2600:1f18::/32");
        add(
                "IPv6 that leaves",
                "SELECT vpc_id, traffic_path, count(*) AS flows, sum(bytes) AS total"
                        + FROM
                        + "WHERE type = 'IPv6' AND flow_direction = 'egress'"
                        + " AND NOT contains('2600:1f18::/32', CAST(dstaddr AS IPADDRESS))"
                        + " GROUP BY vpc_id, traffic_path ORDER BY vpc_id, traffic_path",
                "vpc_id traffic_path flows total",
                () ->
                        table.where(row ->
                                        row.is("type", "IPv6")
                                                && row.is("flow_direction", "egress")
                                                && six.excludes(row.text("dstaddr")))
                                .groupBy(text("vpc_id"), number("traffic_path"))
                                .aggregate(Aggregate.count(), Aggregate.sum("bytes"))
                                .orderBy(1, 2));
        add(
                "addresses by text prefix",
                "SELECT dstaddr, count(*) AS flows"
                        + FROM
                        + "WHERE dstaddr LIKE '10.2%' AND NOT dstaddr LIKE '10.20.%'"
                        + " AND srcaddr NOT LIKE '10.%' AND log_status = 'OK'"
                        + " GROUP BY dstaddr ORDER BY flows DESC, dstaddr LIMIT 20",
                "dstaddr flows",
                () ->
                        ok.where(row ->
                                        row.text("dstaddr").startsWith("10.2")
                                                && !row.text("dstaddr").startsWith("10.20.")
                                                && !row.text("srcaddr").startsWith("10."))
                                .groupBy(text("dstaddr"))
                                .aggregate(Aggregate.count())
                                .orderBy(-2, 1)
                                .limit(20));
        add(
                "name and time servers outside",
                "SELECT dstaddr, dstport, count(DISTINCT interface_id) AS interfaces,"
                        + " count(*) AS flows"
                        + FROM
                        + "WHERE protocol = 17 AND dstport IN (53, 123)"
                        + " AND NOT contains('10.0.0.0/8', CAST(dstaddr AS IPADDRESS))"
                        + " GROUP BY dstaddr, dstport ORDER BY flows DESC, dstaddr, dstport",
                "dstaddr dstport interfaces flows",
                () ->
                        table.where(row ->
                                        row.isAny("protocol", 17)
                                                && row.isAny("dstport", 53, 123)
                                                && ten.excludes(row.text("dstaddr")))
                                .groupBy(text("dstaddr"), number("dstport"))
                                .aggregate(
                                        Aggregate.countDistinct(text("interface_id")),
                                        Aggregate.count())
                                .orderBy(-4, 1, 2));
    }

    private void gateways() {
        add(
                "uploads through NAT gateways",
                "SELECT srcaddr, pkt_dst_aws_service, sum(bytes) AS total"
                        + FROM
                        + "WHERE dstaddr <> pkt_dstaddr AND flow_direction = 'ingress'"
                        + " AND instance_id = '-' GROUP BY srcaddr, pkt_dst_aws_service"
                        + " ORDER BY total DESC, srcaddr, pkt_dst_aws_service LIMIT 30",
                "srcaddr pkt_dst_aws_service total",
                () ->
                        table.where(row ->
                                        !row.is("dstaddr", row.text("pkt_dstaddr"))
                                                && row.is("flow_direction", "ingress")
                                                && row.is("instance_id", "-"))
                                .groupBy(text("srcaddr"), text("pkt_dst_aws_service"))
                                .aggregate(Aggregate.sum("bytes"))
                                .orderBy(-3, 1, 2)
                                .limit(30));
        add(
                "S3 and DynamoDB by path",
                "SELECT pkt_dst_aws_service, traffic_path, count(*) AS flows,"
                        + " sum(bytes) AS total"
                        + FROM
                        + "WHERE pkt_dst_aws_service IN ('S3', 'DYNAMODB')"
                        + " GROUP BY 1, 2 ORDER BY 1, 2",
                "pkt_dst_aws_service traffic_path flows total",
                () ->
                        table.where(row ->
                                        row.is("pkt_dst_aws_service", "S3")
                                                || row.is("pkt_dst_aws_service", "DYNAMODB"))
                                .groupBy(text("pkt_dst_aws_service"), number("traffic_path"))
                                .aggregate(Aggregate.count(), Aggregate.sum("bytes"))
                                .orderBy(1, 2));
        add(
                "peering by VPC",
                "SELECT vpc_id, traffic_path, sum(bytes) AS total"
                        + FROM
                        + "WHERE traffic_path BETWEEN 4 AND 5 GROUP BY vpc_id, traffic_path"
                        + " ORDER BY total DESC, vpc_id, traffic_path",
                "vpc_id traffic_path total",
                () ->
                        table.where(row -> between(row, "traffic_path", 4, 5))
                                .groupBy(text("vpc_id"), number("traffic_path"))
                                .aggregate(Aggregate.sum("bytes"))
                                .orderBy(-3, 1, 2));
    }

    private void times() {
        add(
                "accepted and rejected by hour",
                "SELECT date_trunc('hour', from_unixtime(start)) AS hour, count(*) AS records,"
                        + " sum(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected"
                        + FROM
                        + "GROUP BY date_trunc('hour', from_unixtime(start)) ORDER BY hour",
                "hour records rejected",
                () ->
                        table.groupBy(row -> truncated(row, ChronoUnit.HOURS))
                                .aggregate(
                                        Aggregate.count(),
                                        Aggregate.countIf(row -> row.is("action", "REJECT")))
                                .orderBy(1));
        add(
                "bytes by five minutes",
                "SELECT start / 300 * 300 AS slot, sum(bytes) AS total, max(bytes) AS largest"
                        + FROM
                        + "WHERE protocol = 6 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12",
                "slot total largest",
                () ->
                        table.where(row -> row.isAny("protocol", 6))
                                .groupBy(row -> orZero(row.number("start")) / 300 * 300)
                                .aggregate(Aggregate.sum("bytes"), Aggregate.max(number("bytes")))
                                .orderBy(-2, 1)
                                .limit(12));
        add(
                "midnights as numbers",
                "SELECT CAST(to_unixtime(date_trunc('day', from_unixtime(start))) AS BIGINT)"
                        + " AS midnight, count(DISTINCT interface_id) AS interfaces"
                        + FROM
                        + "GROUP BY 1 ORDER BY 1",
                "midnight interfaces",
                () ->
                        table.groupBy(row -> orZero(row.number("start")) / 86_400 * 86_400)
                                .aggregate(Aggregate.countDistinct(text("interface_id")))
                                .orderBy(1));
        add(
                "records by date",
                "SELECT date, count(*) AS records, sum(packets) AS packets"
                        + FROM
                        + "GROUP BY date ORDER BY date",
                "date records packets",
                () ->
                        table.groupBy(ReferenceRow::date)
                                .aggregate(Aggregate.count(), Aggregate.sum("packets"))
                                .orderBy(1));
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(startOf(table)), ZoneOffset.UTC);
        String dayText = String.format(Locale.ROOT, "%02d", day.getDayOfMonth());
        add(
                "morning hours of one day",
                "SELECT hour, count(*) AS records"
                        + FROM
                        + "WHERE year = '"
                        + day.getYear()
                        + "' AND day = '"
                        + dayText
                        + "' AND hour >= '05' AND hour < '09' GROUP BY hour ORDER BY hour",
                "hour records",
                () ->
                        table.where(row ->
                                        day.equals(row.date())
                                                && hour(row).compareTo("05") >= 0
                                                && hour(row).compareTo("09") < 0)
                                .groupBy(Questions::hour)
                                .aggregate(Aggregate.count())
                                .orderBy(1));
    }

    private void scans() {
        add(
                "port scans",
                "SELECT srcaddr, dstaddr, count(DISTINCT dstport) AS ports, count(*) AS probes"
                        + FROM
                        + "WHERE bitwise_and(tcp_flags, 2) <> 0"
                        + " AND bitwise_and(tcp_flags, 16) = 0 AND action = 'REJECT'"
                        + " GROUP BY srcaddr, dstaddr HAVING count(DISTINCT dstport) >= 3"
                        + " ORDER BY ports DESC, srcaddr, dstaddr LIMIT 20",
                "srcaddr dstaddr ports probes",
                () ->
                        table.where(row ->
                                        flag(row, 2)
                                                && !flag(row, 16)
                                                && row.is("action", "REJECT"))
                                .groupBy(text("srcaddr"), text("dstaddr"))
                                .aggregate(
                                        Aggregate.countDistinct(number("dstport")),
                                        Aggregate.count())
                                .having(group -> asLong(group.get(2)) >= 3)
                                .orderBy(-3, 1, 2)
                                .limit(20));
        add(
                "sweeps",
                "SELECT srcaddr, dstport, count(DISTINCT dstaddr) AS hosts"
                        + FROM
                        + "WHERE action = 'REJECT' AND packets = 1 AND (bytes = 40 OR bytes = 44)"
                        + " GROUP BY srcaddr, dstport HAVING count(DISTINCT dstaddr) >= 3"
                        + " ORDER BY hosts DESC, srcaddr, dstport LIMIT 20",
                "srcaddr dstport hosts",
                () ->
                        table.where(row ->
                                        row.is("action", "REJECT")
                                                && row.isAny("packets", 1)
                                                && row.isAny("bytes", 40, 44))
                                .groupBy(text("srcaddr"), number("dstport"))
                                .aggregate(Aggregate.countDistinct(text("dstaddr")))
                                .having(group -> asLong(group.get(2)) >= 3)
                                .orderBy(-3, 1, 2)
                                .limit(20));
    }

    private void classes() {
        add(
                "protocols by name",
                "SELECT CASE protocol WHEN 1 THEN 'ICMP' WHEN 6 THEN 'TCP' WHEN 17 THEN 'UDP'"
                        + " WHEN 58 THEN 'ICMPv6' ELSE 'none' END AS name, count(*) AS flows,"
                        + " sum(bytes) AS total"
                        + FROM
                        + "GROUP BY 1 ORDER BY 1",
                "name flows total",
                () ->
                        table.groupBy(Questions::protocolName)
                                .aggregate(Aggregate.count(), Aggregate.sum("bytes"))
                                .orderBy(1));
        add(
                "flags and paths, absent ones filled in",
                "SELECT COALESCE(tcp_flags, -1) AS flags, COALESCE(traffic_path, 0) AS path,"
                        + " count(*) AS flows"
                        + FROM
                        + "GROUP BY COALESCE(tcp_flags, -1), COALESCE(traffic_path, 0)"
                        + " ORDER BY 1, 2",
                "flags path flows",
                () ->
                        table.groupBy(
                                        row -> {
                                            Long flags = row.number("tcp_flags");
                                            return flags == null ? Long.valueOf(-1) : flags;
                                        },
                                        row -> orZero(row.number("traffic_path")))
                                .aggregate(Aggregate.count())
                                .orderBy(1, 2));
        add(
                "records without packets or path",
                "SELECT log_status, flow_direction, count(*) AS records"
                        + FROM
                        + "WHERE packets IS NULL OR (traffic_path IS NULL AND type IS NOT NULL"
                        + " AND flow_direction <> 'ingress') GROUP BY log_status, flow_direction"
                        + " ORDER BY 1, 2",
                "log_status flow_direction records",
                () ->
                        table.where(row ->
                                        row.number("packets") == null
                                                || (row.number("traffic_path") == null
                                                        && !row.is("flow_direction", "ingress")))
                                .groupBy(text("log_status"), text("flow_direction"))
                                .aggregate(Aggregate.count())
                                .orderBy(1, 2));
        add(
                "places that write logs",
                "SELECT DISTINCT account_id, region, az_id, vpc_id"
                        + FROM
                        + "ORDER BY account_id, region, az_id, vpc_id",
                "account_id region az_id vpc_id",
                () ->
                        table.select(
                                        text("account_id"),
                                        text("region"),
                                        text("az_id"),
                                        text("vpc_id"))
                                .distinct()
                                .orderBy(1, 2, 3, 4));
    }

    private void averages() {
        add(
                "share of silent records by interface",
                "SELECT interface_id,"
                        + " CAST(sum(CASE WHEN log_status = 'NODATA' THEN 1 ELSE 0 END) AS DOUBLE)"
                        + " / count(*) AS silent"
                        + FROM
                        + "GROUP BY interface_id HAVING count(*) > 20 ORDER BY interface_id",
                "interface_id silent",
                List.of(1),
                () ->
                        table.groupBy(text("interface_id"))
                                .aggregate(
                                        Aggregate.countIf(row -> row.is("log_status", "NODATA")),
                                        Aggregate.count())
                                .having(group -> asLong(group.get(2)) > 20)
                                .map(group ->
                                        Arrays.asList(
                                                group.get(0),
                                                (double) asLong(group.get(1))
                                                        / asLong(group.get(2))))
                                .orderBy(1));
        add(
                "packet sizes by port",
                "SELECT dstport, avg(packets) AS packets,"
                        + " CAST(sum(bytes) AS DOUBLE) / sum(packets) AS size"
                        + FROM
                        + "WHERE dstport < 1024 AND dstport > 0 AND action = 'ACCEPT'"
                        + " GROUP BY dstport ORDER BY dstport",
                "dstport packets size",
                List.of(1, 2),
                () ->
                        table.where(row ->
                                        between(row, "dstport", 1, 1023)
                                                && row.is("action", "ACCEPT"))
                                .groupBy(number("dstport"))
                                .aggregate(
                                        Aggregate.avg("packets"),
                                        Aggregate.sum("bytes"),
                                        Aggregate.sum("packets"))
                                .map(group ->
                                        Arrays.asList(
                                                group.get(0),
                                                group.get(1),
                                                (double) asLong(group.get(2))
                                                        / asLong(group.get(3))))
                                .orderBy(1));
    }

    private void columns() {
        String path = table.rows().getFirst().path();
        String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
        add(
                "records of a file",
                "SELECT count(DISTINCT \"$path\") AS files, count(*) AS records"
                        + FROM
                        + "WHERE \"$path\" LIKE '%"
                        + name
                        + "'",
                "files records",
                () ->
                        table.where(row -> row.path().endsWith(name))
                                .aggregate(
                                        Aggregate.countDistinct(ReferenceRow::path),
                                        Aggregate.count()));
        add(
                "long and small flows",
                "SELECT interface_id, start, \"end\" - start AS seconds, bytes * 8 AS bits"
                        + FROM
                        + "WHERE \"end\" - start >= 55 AND packets > 100 AND bytes < 70 * packets"
                        + " ORDER BY bits DESC, interface_id, start, seconds LIMIT 25",
                "interface_id start seconds bits",
                () ->
                        table.where(row ->
                                        duration(row) >= 55
                                                && orZero(row.number("packets")) > 100
                                                && row.number("bytes") != null
                                                && orZero(row.number("bytes"))
                                                        < 70 * orZero(row.number("packets")))
                                .select(
                                        text("interface_id"),
                                        number("start"),
                                        row -> duration(row),
                                        row -> orZero(row.number("bytes")) * 8)
                                .orderBy(-4, 1, 2, 3)
                                .limit(25));
    }

    private void add(String name, String sql, String columns, Supplier<ReferenceResult> answer) {
        add(name, sql, columns, List.of(), answer);
    }

    private void add(
            String name,
            String sql,
            String columns,
            List<Integer> doubles,
            Supplier<ReferenceResult> answer) {
        List<String> names = List.of(columns.split(" ", -1));
        questions.add(new Question(name, sql.strip(), names, doubles, answer));
    }

    private static Function<ReferenceRow, String> text(String column) {
        return row -> row.text(column);
    }

    private static Function<ReferenceRow, @Nullable Long> number(String column) {
        return row -> row.number(column);
    }

    private static boolean between(ReferenceRow row, String column, long least, long most) {
        Long value = row.number(column);
        return value != null && value >= least && value <= most;
    }

    private static boolean flag(ReferenceRow row, int bit) {
        Long flags = row.number("tcp_flags");
        return flags != null && (flags & bit) != 0;
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static long asLong(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    private static long duration(ReferenceRow row) {
        return orZero(row.number("end")) - orZero(row.number("start"));
    }

    private static @Nullable Instant instant(@Nullable Long second) {
        return second == null ? null : Instant.ofEpochSecond(second);
    }

    private static @Nullable Instant truncated(ReferenceRow row, ChronoUnit unit) {
        Instant start = row.start();
        return start == null ? null : start.truncatedTo(unit);
    }

    private static String hour(ReferenceRow row) {
        return String.format(Locale.ROOT, "%02d", orZero(row.number("start")) / 3_600 % 24);
    }

    private static String protocolName(ReferenceRow row) {
        return switch ((int) orZero(row.number("protocol"))) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            default -> "none";
        };
    }

    private static long startOf(ReferenceTable table) {
        return table.rows().stream().mapToLong(row -> orZero(row.number("start"))).min().orElse(0);
    }

    private static String mostFrequent(ReferenceTable table, String column) {
        List<List<@Nullable Object>> groups =
                table.groupBy(text(column)).aggregate(Aggregate.count()).orderBy(-2, 1).rows();
        return groups.isEmpty() ? "-" : String.valueOf(groups.getFirst().getFirst());
    }
}
