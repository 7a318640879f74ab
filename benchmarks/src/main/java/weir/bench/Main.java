// SPDX-License-Identifier: Apache-2.0
package weir.bench;

import java.util.Arrays;
import weir.bench.compare.IngestComparison;
import weir.bench.compare.LiveBenchmark;
import weir.bench.compare.Lookups;
import weir.bench.compare.QuestionBenchmark;
import weir.bench.compare.Sizes;

/// `java -jar bench.jar jmh [JMH OPTIONS]` runs kernel benchmarks; `java -jar bench.jar ingest
/// [NAME=VALUE ...]` compares collecting with DuckDB's loading, `questions` what people ask, and
/// `lookup` searches of few records; `live` appends records at a rate, `sizes` tells bytes a
/// record.
public final class Main {
    private Main() {}

    /// Runs the benchmark that the first argument names.
    public static void main(String[] args) throws Exception {
        String what = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (what) {
            case "jmh" -> org.openjdk.jmh.Main.main(rest);
            case "ingest" -> IngestComparison.main(rest);
            case "live" -> LiveBenchmark.main(rest);
            case "lookup" -> Lookups.main(rest);
            case "questions" -> QuestionBenchmark.main(rest);
            case "sizes" -> Sizes.main(rest);
            default -> {
                System.err.println(
                        "usage: java -jar bench.jar jmh [JMH OPTIONS]"
                                + " | ingest|live|lookup|questions|sizes [NAME=VALUE ...]");
                System.exit(2);
            }
        }
    }
}
