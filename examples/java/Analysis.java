// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import weir.FlowResult;
import weir.FlowRow;
import weir.FlowStore;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;

/// A notebook's way of working: collect a folder of logs, look at it by SQL, and ask on with what
/// was found. Arguments: a folder for the store, and a folder of logs.
public final class Analysis {
    public static void main(String[] args) throws Exception {
        try (FlowStore store = FlowStore.open(Path.of(args[0]))) {
            IngestReport report =
                    store.ingest(
                            List.of(args[1]), IngestOptions.defaults(), ProgressListener.NONE);
            System.out.printf("%,d records of %d files%n", report.records(), report.files());

            System.out.println("Who was refused most?");
            String most = "";
            try (FlowResult refused =
                    store.query(
                            """
                            SELECT srcaddr, count(*) AS refused, count(DISTINCT dstport) AS ports
                            FROM vpc_flow_logs WHERE action = ? AND NOT is_private(srcaddr)
                            GROUP BY srcaddr ORDER BY refused DESC, srcaddr LIMIT 3
                            """,
                            "REJECT")) {
                for (FlowRow row : refused) {
                    most = most.isEmpty() ? row.text("srcaddr") : most;
                    System.out.printf(
                            "  %-15s %4d times, %d ports%n",
                            row.text("srcaddr"), row.number("refused"), row.number("ports"));
                }
            }

            System.out.println("And what did the first of them reach?");
            try (FlowResult reached =
                    store.query(
                            """
                            SELECT dstport, action, count(*) AS flows FROM vpc_flow_logs
                            WHERE srcaddr = ? GROUP BY dstport, action
                            ORDER BY flows DESC, dstport, action LIMIT 3
                            """,
                            most)) {
                reached.rows().forEach(row -> System.out.println("  " + row));
            }

            System.out.println("The same by name: top-talkers");
            try (FlowResult talkers = store.ask("top-talkers", Map.of("limit", "2"))) {
                System.out.printf(
                        "  %d rows of %d columns%n",
                        talkers.rows().size(), talkers.fields().size());
            }
        }
    }
}
