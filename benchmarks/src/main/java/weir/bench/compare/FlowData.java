// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import weir.ingest.FlowIngestor;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;

/// The same generated records as a store of Weir's and as a database of DuckDB's, in one folder.
///
/// @param directory holds `store` and, when wanted, `flows.duckdb`
record FlowData(Path directory) {
    /// One file of the log at a time is on the disk: about 1.2 GB.
    private static final long RECORDS_PER_FILE = 10_000_000;

    /// How large the log was.
    ///
    /// @param textBytes as text
    /// @param gzipBytes packed by gzip; 0 when that was not asked for
    record LogSize(long textBytes, long gzipBytes) {}

    Path store() {
        return directory.resolve("store");
    }

    Path database() {
        return directory.resolve("flows.duckdb");
    }

    boolean hasDatabase() {
        return Files.exists(database());
    }

    /// Makes both from generated files, one after the other.
    LogSize make(GeneratorOptions options, boolean withDuckDb, boolean withGzip)
            throws IOException {
        Files.createDirectories(directory);
        long[] sizes = new long[2];
        SplitLog.Taker taker =
                file -> {
                    sizes[0] += Files.size(file);
                    sizes[1] += withGzip ? gzipped(file) : 0;
                    ingest(file);
                    if (withDuckDb) {
                        load(file, options.format().headerLine());
                    }
                };
        String header = options.format().headerLine();
        try (SplitLog log = new SplitLog(directory, header, RECORDS_PER_FILE, taker)) {
            FlowLogGenerator.writeTo(options.withHeader(false), log);
        }
        return new LogSize(sizes[0], sizes[1]);
    }

    private void ingest(Path file) {
        try (FlowIngestor ingestor = FlowIngestor.open(store())) {
            IngestReport report =
                    ingestor.ingest(
                            List.of(file.toString()),
                            IngestOptions.defaults(),
                            ProgressListener.NONE);
            if (report.rejectedLines() > 0 || report.files() != 1) {
                throw new IllegalStateException("the log was not taken whole: " + report);
            }
        }
    }

    private void load(Path file, String fields) throws IOException {
        try {
            DuckDbProcess.load(database(), fields, List.of(file));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while DuckDB loaded", e);
        }
    }

    private static long gzipped(Path file) throws IOException {
        long[] count = new long[1];
        try (GZIPOutputStream packed = new GZIPOutputStream(new CountingOutput(count), 1 << 16)) {
            Files.copy(file, packed);
        }
        return count[0];
    }

    /// Counts bytes and keeps none.
    private static final class CountingOutput extends java.io.OutputStream {
        private final long[] count;

        CountingOutput(long[] count) {
            this.count = count;
        }

        @Override
        public void write(int value) {
            count[0]++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count[0] += length;
        }
    }
}
