// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.engine.schema.Column;
import weir.engine.schema.ColumnType;
import weir.engine.schema.Schema;
import weir.engine.segment.SegmentBuilder;
import weir.query.catalog.Catalog;

/// What the paths of files say of their records.
class DeliveredPathTest {
    private static final Column START = Column.number("start", ColumnType.INT64);
    private static final Column FILE = Column.text("$path").hidden();
    private static final String NAME =
            "111122223333_vpcflowlogs_eu-west-1_fl-0abc_20261101T0005Z_1f2e.log.gz";

    @TempDir Path directory;

    /// Account, region, flow log and day of each of `paths`, in their order.
    private List<String> parts(String... paths) {
        List<String> rows = new ArrayList<>();
        try (Store store = Store.openOrCreate(directory)) {
            try (StoreWriter writer = store.writer()) {
                SegmentBuilder builder = new SegmentBuilder(START.name());
                for (int row = 0; row < paths.length; row++) {
                    builder.numbers(START).set(row, row);
                    builder.numbers(START).filledTo(row + 1);
                    builder.putText(FILE, row, paths[row]);
                    builder.addRows(1);
                }
                writer.commit(
                        Map.of("flows", Schema.of(List.of(START, FILE), START.name())),
                        List.of(writer.write("flows", builder)));
            }
            try (Snapshot snapshot = store.snapshot();
                    QueryResult result =
                            QueryEngine.execute(
                                    "SELECT \"$account\", \"$region\", \"$flow_log_id\","
                                            + " \"$date\" FROM flows ORDER BY start",
                                    Catalog.of(snapshot),
                                    QueryOptions.defaults())) {
                SqlRows.addTo(rows, result);
            }
        }
        return rows;
    }

    @Test
    void theNameGoesBeforeTheFolders() {
        String all = "111122223333|eu-west-1|fl-0abc|2026-11-01";
        assertEquals(
                List.of(all, all, all),
                parts(
                        NAME,
                        "logs/" + NAME,
                        "AWSLogs/444455556666/vpcflowlogs/us-east-1/2020/01/02/" + NAME));
    }

    @Test
    void foldersSayWhatNamesDoNot() {
        String plain = "444455556666|us-gov-west-1|NULL|2026-11-02";
        assertEquals(
                List.of(
                        plain,
                        plain,
                        plain,
                        plain,
                        plain,
                        "NULL|us-gov-west-1|NULL|2026-11-02",
                        "NULL|NULL|fl-0abc1234|NULL"),
                parts(
                        "b/AWSLogs/444455556666/vpcflowlogs/us-gov-west-1/2026/11/02/a.log",
                        "b/AWSLogs/o-1a2b/444455556666/vpcflowlogs/us-gov-west-1/2026/11/02/03/a",
                        "444455556666/vpcflowlogs/us-gov-west-1/2026/11/02/a.parquet",
                        "AWSLogs/aws-account-id=444455556666/aws-service=vpcflowlogs"
                                + "/aws-region=us-gov-west-1/year=2026/month=11/day=02/a.parquet",
                        "AWSLogs/o-1/aws-account-id=444455556666/aws-service=vpcflowlogs"
                                + "/aws-region=us-gov-west-1/year=2026/month=11/day=02/hour=03/a",
                        "aws-region=us-gov-west-1/year=2026/month=11/day=02/a",
                        "export/fl-0abc1234/x/a.log"));
    }

    @Test
    void otherPathsSayNothing() {
        String nothing = "NULL|NULL|NULL|NULL";
        assertEquals(
                List.of(nothing, nothing, nothing, nothing),
                parts(
                        "-",
                        "a/2026/11/02/b.log",
                        "11112222333/vpcflowlog/eu-west-1x/a",
                        "vpcflowlogs/year=2026/month=13/day=45/a"));
    }
}
