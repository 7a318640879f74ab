// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import weir.ingest.FlowIngestor;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;

/// Collects the same files again and again in one process, each time into a new store, and prints
/// the records a second of each time, one a line: from opening the store to closing it.
///
/// `STORE TIMES THREADS FILE...`; 0 threads are one for each processor.
public final class SteadyIngest {
    private SteadyIngest() {}

    /// The figures of a process of its own, in records a second. Its JVM gets the options of the
    /// launcher that matter to speed, then those of `load`.
    static List<Double> run(LoadProcess load, int times, List<Path> files)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50"));
        Stream.of(load.jvm().split(" ", -1)).filter(w -> !w.isEmpty()).forEach(options::add);
        List<String> arguments = new ArrayList<>();
        arguments.add(load.store().toString());
        arguments.addAll(List.of(Integer.toString(times), Integer.toString(load.threads())));
        files.forEach(file -> arguments.add(file.toString()));
        return Processes.run(Processes.java(options, SteadyIngest.class, arguments))
                .out()
                .lines()
                .map(Double::parseDouble)
                .toList();
    }

    /// Runs inside that process.
    public static void main(String[] args) throws IOException {
        Path store = Path.of(args[0]);
        int threads = Integer.parseInt(args[2]);
        IngestOptions options = IngestOptions.defaults();
        if (threads > 0) {
            options = options.withThreads(threads);
        }
        List<String> files = Arrays.asList(args).subList(3, args.length);
        for (int time = Integer.parseInt(args[1]); time > 0; time--) {
            WorkFolder.delete(store);
            System.out.println(collect(store, files, options));
        }
        WorkFolder.delete(store);
    }

    private static double collect(Path store, List<String> files, IngestOptions options) {
        long start = System.nanoTime();
        IngestReport report;
        try (FlowIngestor ingestor = FlowIngestor.open(store)) {
            report = ingestor.ingest(files, options, ProgressListener.NONE);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (report.files() != files.size() || report.rejectedLines() > 0) {
            throw new IllegalStateException("the log was not taken whole: " + report);
        }
        return report.records() / seconds;
    }
}
