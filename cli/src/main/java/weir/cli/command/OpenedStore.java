// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.cli.output.Visible;
import weir.cli.progress.Progress;
import weir.cli.progress.ProgressWhen;
import weir.cli.report.IngestSummary;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.fault.StoreException;
import weir.ingest.FlowAppender;
import weir.ingest.FlowIngestor;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.live.Recovery;

/// The store that a command reads, closed with the command: one that stays, or one made of files
/// for this command alone.
///
/// @param store the store
/// @param directory the folder of a store that goes with the command; null when it stays
record OpenedStore(Store store, @Nullable TemporaryDirectory directory) implements AutoCloseable {

    /// The store that `weir` names.
    ///
    /// @throws CommandFailure when there is none, with how to make one
    static OpenedStore existing(WeirCommand weir, Terminal terminal) {
        Path directory = existingDirectory(weir);
        Store store = Store.open(directory);
        try {
            takeOver(store, directory, terminal);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return new OpenedStore(store, null);
    }

    /// Takes into the store what a live collection that was killed left, and says so. A store that
    /// this process may not write to is read without it, which is said too.
    static void takeOver(Store store, Path directory, Terminal terminal) {
        try {
            say(FlowAppender.recover(store, directory), terminal);
        } catch (StoreException | IllegalStateException e) {
            terminal.say(
                    "weir: a live collection left records that cannot be taken into the store now: "
                            + Visible.text(String.valueOf(e.getMessage())));
        }
    }

    static void say(@Nullable Recovery recovery, Terminal terminal) {
        if (recovery == null) {
            return;
        }
        if (recovery.records() > 0) {
            terminal.say(
                    "weir: %s of a live collection that was cut off %s taken into the store"
                            .formatted(
                                    Quantity.of(recovery.records(), "record"),
                                    recovery.records() == 1 ? "was" : "were"));
        }
        for (String remark : recovery.remarks()) {
            terminal.say("weir: of a live collection that was cut off: " + Visible.text(remark));
        }
    }

    /// The folder that `weir` names.
    ///
    /// @throws CommandFailure when there is no store in it, with how to make one
    static Path existingDirectory(WeirCommand weir) {
        Path directory = weir.store();
        if (!Files.exists(directory) || isEmptyDirectory(directory)) {
            throw new CommandFailure(
                    "there is no store at "
                            + Visible.text(directory.toString())
                            + "; make one with: weir ingest "
                            + weir.storeOption()
                            + "PATH... (or name another with --store DIR)");
        }
        return directory;
    }

    private static boolean isEmptyDirectory(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (IOException _) {
            return false; // opening it as a store says what is the matter
        }
    }

    /// A store without tables, for SQL that names none.
    static OpenedStore empty() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create();
        try {
            return new OpenedStore(Store.openOrCreate(directory.path()), directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /// A store of `paths`. What could not be read is said in one line on standard error.
    ///
    /// @param format the fields of files without a header line, or null for AWS's default
    /// @throws CommandFailure when nothing could be read
    static OpenedStore ofFiles(List<String> paths, @Nullable String format, Terminal terminal)
            throws IOException {
        IngestOptions options = IngestOptions.defaults();
        if (format != null) {
            options = options.withFormat(format);
        }
        TemporaryDirectory directory = TemporaryDirectory.create();
        try {
            Store store = Store.openOrCreate(directory.path());
            collect(store, paths, options, terminal);
            return new OpenedStore(store, directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static void collect(
            Store store, List<String> paths, IngestOptions options, Terminal terminal) {
        IngestReport report;
        try (FlowIngestor ingestor = FlowIngestor.open(store);
                Progress progress = Progress.start(terminal, ProgressWhen.AUTO)) {
            report = ingestor.ingest(paths, options, progress::show);
        }
        try (Snapshot snapshot = store.snapshot()) {
            IngestSummary summary = new IngestSummary(report, snapshot);
            String problems = summary.problems();
            if (report.files() == 0) {
                String why = problems.isEmpty() ? summary.noFile() : problems;
                throw new CommandFailure("nothing could be read: " + why);
            }
            if (!problems.isEmpty()) {
                terminal.say("weir query: " + problems);
            }
        }
    }

    @Override
    public void close() {
        store.close();
        if (directory != null) {
            directory.close();
        }
    }
}
