// SPDX-License-Identifier: Apache-2.0

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import weir.FlowResult;
import weir.FlowStore;
import weir.ingest.FlowAppender;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;

/// A collector inside of a program: records come one by one, are made safe every few hundred, and
/// can be asked for at once. Killed at any time, the next start finds every record that was counted
/// safe. Argument: a folder for the store.
public final class Collector {
    public static void main(String[] args) throws Exception {
        if (!FlowStore.missingJvmOptions().isEmpty()) {
            System.err.println("run this with " + String.join(" ", FlowStore.missingJvmOptions()));
            System.exit(2);
        }
        try (FlowStore store = FlowStore.open(Path.of(args[0]));
                FlowAppender appender =
                        store.appender(
                                LiveOptions.defaults().withName("tap-1"), LiveListener.NONE)) {
            for (int i = 0; i < 1_000; i++) {
                appender.append(record(i).getBytes(UTF_8));
                if (i % 400 == 399) {
                    System.out.println(appender.sync() + " records are safe");
                }
            }
            try (FlowResult count =
                    store.query(
                            "SELECT \"$path\" AS tap, count(*) AS records"
                                    + " FROM vpc_flow_logs GROUP BY 1")) {
                System.out.println(count.rows());
            }
            System.out.println(appender.sync() + " records are safe");
        }
    }

    /// Stands for what a socket or a queue would give.
    private static String record(int i) {
        return "2 123456789012 eni-0a1b2c3d 10.0.0.%d 10.0.1.5 %d 443 6 10 %d %d %d ACCEPT OK\n"
                .formatted(
                        i % 200 + 1,
                        40_000 + i % 999,
                        500 + i,
                        1_780_000_000 + i,
                        1_780_000_050 + i);
    }
}
