// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import weir.engine.Store;
import weir.testkit.record.LogFormat;

/// Whether two programs hold the same rows: counts, sums, least and greatest values, numbers of
/// distinct values, and sums that change when a value stands in another row. In words that mean the
/// same to both; what is absent is NULL in every sum.
final class ContentCheck {
    /// The last 16 bits of an IPv4 address; NULL of any other.
    private static final String LOW_BITS =
            "try_cast(split_part(%1$s, '.', 3) AS bigint) * 256"
                    + " + try_cast(split_part(%1$s, '.', 4) AS bigint)";

    private static final List<String> OF_ALL =
            List.of(
                    "SELECT count(*), sum(packets), sum(bytes), min(start), max(start),"
                            + " min(\"end\"), max(\"end\"), sum(srcport), sum(dstport),"
                            + " sum(protocol), min(version), max(version) FROM vpc_flow_logs",
                    "SELECT count(DISTINCT nullif(srcaddr, '-')),"
                            + " count(DISTINCT nullif(dstaddr, '-')), count(DISTINCT srcport),"
                            + " count(DISTINCT dstport), count(DISTINCT nullif(interface_id, '-')),"
                            + " count(DISTINCT nullif(account_id, '-')) FROM vpc_flow_logs",
                    "SELECT sum((srcport * 31 + dstport * 17 + protocol * 13 + packets * 7"
                            + " + bytes * 3 + start % 100003 + (\"end\" - start) * 5"
                            + " + length(srcaddr) * 101 + length(dstaddr) * 211 + "
                            + length("interface_id")
                            + ") % 1000003) FROM vpc_flow_logs",
                    "SELECT sum((("
                            + LOW_BITS.formatted("srcaddr")
                            + ") * 31 + ("
                            + LOW_BITS.formatted("dstaddr")
                            + ") * 17 + srcport * 7 + dstport * 3 + bytes) % 1000003)"
                            + " FROM vpc_flow_logs",
                    groups("action"),
                    groups("log_status"),
                    "SELECT srcaddr, count(*) AS n, sum(bytes) AS b FROM vpc_flow_logs"
                            + " WHERE srcaddr <> '-' GROUP BY srcaddr ORDER BY b DESC, srcaddr"
                            + " LIMIT 200");

    private static final List<String> OF_V5 =
            List.of(
                    "SELECT count(DISTINCT nullif(pkt_srcaddr, '-')),"
                            + " count(DISTINCT nullif(pkt_dstaddr, '-')),"
                            + " count(DISTINCT nullif(vpc_id, '-')),"
                            + " count(DISTINCT nullif(subnet_id, '-')),"
                            + " count(DISTINCT nullif(instance_id, '-')) FROM vpc_flow_logs",
                    "SELECT sum(tcp_flags), sum(traffic_path), sum((tcp_flags * 31 + packets * 7"
                            + " + 5 * "
                            + length("instance_id")
                            + " + 3 * "
                            + length("pkt_srcaddr")
                            + " + "
                            + length("pkt_dstaddr")
                            + ") % 1000003) FROM vpc_flow_logs",
                    groups("type"),
                    groups("region"),
                    groups("az_id"),
                    groups("flow_direction"),
                    groups("pkt_src_aws_service"),
                    groups("pkt_dst_aws_service"));

    private ContentCheck() {}

    /// The characters of a text, 0 where it is absent in a record that is not.
    private static String length(String column) {
        return "coalesce(length(nullif(" + column + ", '-')), 0)";
    }

    private static String groups(String column) {
        return "SELECT %1$s, count(*) AS n, sum(bytes) AS b FROM vpc_flow_logs GROUP BY %1$s"
                .formatted(column);
    }

    private static List<String> statements(LogFormat format) {
        return format.equals(LogFormat.V5)
                ? Stream.concat(OF_ALL.stream(), OF_V5.stream()).toList()
                : OF_ALL;
    }

    /// @throws IllegalStateException when a store and a database do not hold the same rows
    static void requireSame(LogFormat format, Path store, Path database)
            throws IOException, InterruptedException {
        List<String> statements = statements(format);
        List<List<String>> weir = rows(store, statements);
        List<DuckDbProcess.Answer> duckDb = DuckDbProcess.answers(database, 1, statements);
        for (int i = 0; i < statements.size(); i++) {
            Answers.require(
                    statements.get(i),
                    weir.get(i).stream(),
                    "DuckDB",
                    duckDb.get(i).rows().stream());
        }
    }

    /// @throws IllegalStateException when two stores do not hold the same rows
    static void requireSameStores(LogFormat format, Path store, Path other) {
        List<String> statements = statements(format);
        List<List<String>> found = rows(store, statements);
        List<List<String>> expected = rows(other, statements);
        for (int i = 0; i < statements.size(); i++) {
            Answers.require(
                    statements.get(i),
                    found.get(i).stream(),
                    "of the other store",
                    expected.get(i).stream());
        }
    }

    private static List<List<String>> rows(Path directory, List<String> statements) {
        List<List<String>> rows = new ArrayList<>();
        try (Store store = Store.open(directory)) {
            WarmWeir weir = new WarmWeir(store);
            statements.forEach(sql -> rows.add(weir.rows(sql)));
        }
        return rows;
    }
}
