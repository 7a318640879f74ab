// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import weir.bench.compare.Processes.Finished;

/// Whole processes that load files, each into a new store or database of one folder.
///
/// @param work the folder, which holds nothing else
/// @param launcher Weir's
/// @param jvm words for Weir's JVM, apart by blanks
/// @param threads for both; 0 is one for each processor
record LoadProcess(Path work, Path launcher, String jvm, int threads) {
    Path store() {
        return work.resolve("store");
    }

    Path database() {
        return work.resolve("flows.duckdb");
    }

    /// What `weir --version` says, in one line. By the JVM that collects: its options may choose
    /// the inflater.
    String weirVersion() throws IOException, InterruptedException {
        return Processes.run(List.of(launcher.toString(), "--version"), environment(""))
                .out()
                .lines()
                .collect(Collectors.joining(", "));
    }

    private Map<String, String> environment(String moreJvm) {
        return Map.of("WEIR_JAVA_OPTS", (jvm + " " + moreJvm).strip());
    }

    /// `weir ingest` of `inputs`, files or folders, whose lines are all records.
    ///
    /// @param moreJvm more words for the JVM
    /// @throws IllegalStateException when it does not take exactly `records` records
    Finished weir(List<Path> inputs, long records, String moreJvm)
            throws IOException, InterruptedException {
        return weir(inputs, records, 0, moreJvm);
    }

    /// The same of inputs of which some lines are none.
    ///
    /// @throws IllegalStateException when it does not take exactly `records` records, or rejects
    ///   other than `rejectedLines` lines
    Finished weir(List<Path> inputs, long records, long rejectedLines, String moreJvm)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "ingest", "--json"));
        command.addAll(List.of("--store", store().toString()));
        if (threads > 0) {
            command.addAll(List.of("--threads", Integer.toString(threads)));
        }
        inputs.forEach(input -> command.add(input.toString()));
        WorkFolder.delete(store());
        settle();
        Finished finished = Processes.run(command, environment(moreJvm));
        String expected = "\"records\":%d,\"rejected_lines\":%d,".formatted(records, rejectedLines);
        if (!finished.out().contains(expected)) {
            throw new IllegalStateException("not " + expected + " but " + finished.out());
        }
        return finished;
    }

    /// DuckDB's `read_csv` of `files` into a table, with a checkpoint.
    Finished duckDb(List<Path> files, String fields) throws IOException, InterruptedException {
        Files.deleteIfExists(database());
        Files.deleteIfExists(Path.of(database() + ".wal"));
        settle();
        List<String> options =
                threads > 0 ? List.of("-XX:ActiveProcessorCount=" + threads) : List.of();
        return DuckDbProcess.load(options, database(), fields, files);
    }

    /// Writes out what earlier runs left in the system's memory, which the next would wait for when
    /// it makes its own data durable.
    static void settle() throws InterruptedException {
        try {
            Processes.run(List.of("sync"));
        } catch (IOException e) {
            return; // a system without that command
        }
    }

    /// Reads files once, so that no run waits for the disk because it is the first.
    static void readOnce(Path input) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (var paths = Files.walk(input)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                try (var in = Files.newInputStream(path)) {
                    while (in.read(buffer) >= 0) {
                        // Only the system's memory of the file counts.
                    }
                }
            }
        }
    }
}
