// SPDX-License-Identifier: Apache-2.0
package weir.bench;

import java.util.Arrays;
import weir.bench.compare.Comparison;
import weir.bench.compare.IngestComparison;
import weir.bench.compare.Lookups;
import weir.bench.compare.Sizes;

/// `java -jar bench.jar jmh [JMH OPTIONS]` runs kernel benchmarks; `java -jar bench.jar compare
/// [NAME=VALUE ...]` runs Weir against DuckDB; `ingest` does so for collecting, `lookup` for
/// searches of few records, and `sizes` for bytes a record.
public final class Main {
    private Main() {}

    /// Runs the benchmark that the first argument names.
    public static void main(String[] args) throws Exception {
        String what = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (what) {
            case "jmh" -> org.openjdk.jmh.Main.main(rest);
            case "compare" -> Comparison.main(rest);
            case "ingest" -> IngestComparison.main(rest);
            case "lookup" -> Lookups.main(rest);
            case "sizes" -> Sizes.main(rest);
            default -> {
                System.err.println(
                        "usage: java -jar bench.jar jmh [JMH OPTIONS]"
                                + " | compare|ingest|lookup|sizes [NAME=VALUE ...]");
                System.exit(2);
            }
        }
    }
}
