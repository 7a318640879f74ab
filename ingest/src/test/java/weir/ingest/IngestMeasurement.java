// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import weir.engine.segment.RowMemory;
import weir.ingest.parse.BlockParser;
import weir.ingest.parse.FlowRows;
import weir.ingest.parse.FormatDetector;
import weir.ingest.parse.FormatDetector.Detected;
import weir.ingest.parse.RejectedLines;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.ContentHash;
import weir.ingest.source.InputFile;
import weir.ingest.source.LineBlocks;
import weir.ingest.source.TextSource;
import weir.ingest.source.TextSources;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// Measures collecting by hand: generates a file once, then collects it several times in one
/// process, each time into a new store. Not a test; run its `main` with the test class path:
///
/// ```text
/// IngestMeasurement DIRECTORY v2|v5 RECORDS plain|gzip RUNS [THREADS]
/// ```
final class IngestMeasurement {
    private IngestMeasurement() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        LogFormat format = args[1].equals("v5") ? LogFormat.V5 : LogFormat.V2;
        long records = Long.parseLong(args[2]);
        boolean isGzip = args[3].equals("gzip");
        int runs = Integer.parseInt(args[4]);
        Path file =
                directory.resolve("%s-%d.log%s".formatted(args[1], records, isGzip ? ".gz" : ""));
        if (!Files.exists(file)) {
            FlowLogGenerator.writeFile(
                    GeneratorOptions.defaults()
                            .withRecords(records)
                            .withFormat(format)
                            .withGzip(isGzip),
                    file);
        }
        IngestOptions options = IngestOptions.defaults();
        if (args.length > 5) {
            options = options.withThreads(Integer.parseInt(args[5]));
        }
        for (int run = 0; run < runs; run++) {
            parse(file, options);
            collect(directory.resolve("store"), file, options);
        }
    }

    /// Reads and parses on this thread, to segments that are thrown away; tells the processor time,
    /// which a busy machine does not stretch as it does the clock's.
    private static void parse(Path file, IngestOptions options) throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        InputFile input = new InputFile(file.toString(), file, Files.size(file), 0);
        long records = 0;
        try (TextSource source = TextSources.open(input)) {
            LineBlocks blocks = LineBlocks.all(source, new ContentHash(), input.sizeBytes());
            FlowRows rows = new FlowRows(1 << 20, 1 << 20, 96L << 20, new RowMemory());
            rows.startFile(input.name());
            BlockParser parser = null;
            while (blocks.next() == LineBlocks.Kind.LINES) {
                if (parser == null) {
                    Detected detected =
                            new FormatDetector()
                                    .detect(
                                            blocks.bytes(),
                                            blocks.from(),
                                            blocks.to(),
                                            options.format());
                    FlowFormat format = ((Detected.FlowLog) detected).format();
                    parser = new BlockParser(format, new RejectedLines(10), rows);
                }
                int at = blocks.from();
                while (at < blocks.to()) {
                    at = parser.parse(blocks.bytes(), at, blocks.to(), 0);
                    if (parser.nextFormat() != null) {
                        parser.follow();
                    }
                    if (rows.isFull()) {
                        rows = new FlowRows(1 << 20, 1 << 20, 96L << 20, new RowMemory());
                        rows.startFile(input.name());
                        parser.continueIn(rows);
                    }
                }
            }
            records = parser == null ? 0 : parser.records();
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        System.out.printf(
                Locale.ROOT,
                "read and parsed: %.1f ns of one processor a record%n",
                (double) nanos / records);
    }

    private static void collect(Path store, Path file, IngestOptions options) throws IOException {
        delete(store);
        try (FlowIngestor ingestor = FlowIngestor.open(store)) {
            IngestReport report =
                    ingestor.ingest(List.of(file.toString()), options, ProgressListener.NONE);
            System.out.printf(
                    Locale.ROOT,
                    "%,d records, %d rejected, %.2f s, %.2f M records/s, %.0f MB/s of text,"
                            + " %.2f store bytes a record, %d segments%n",
                    report.records(),
                    report.rejectedLines(),
                    report.seconds(),
                    report.records() / report.seconds() / 1e6,
                    report.decodedBytes() / report.seconds() / 1e6,
                    (double) report.storeBytes() / report.records(),
                    report.segments());
        }
        delete(store);
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
