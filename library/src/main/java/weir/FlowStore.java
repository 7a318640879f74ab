// SPDX-License-Identifier: Apache-2.0
package weir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.CompactReport;
import weir.engine.Compaction;
import weir.engine.RewriteOptions;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.engine.TableSnapshot;
import weir.engine.fault.StoreException;
import weir.engine.segment.SegmentReader;
import weir.ingest.FlowAppender;
import weir.ingest.FlowIngestor;
import weir.ingest.IngestOptions;
import weir.ingest.IngestReport;
import weir.ingest.ProgressListener;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;
import weir.ingest.live.Recovery;
import weir.query.QueryEngine;
import weir.query.QueryOptions;
import weir.query.ask.Catalogue;
import weir.query.ask.NewestRecord;
import weir.query.ask.Question;
import weir.query.ask.Suitability;
import weir.query.catalog.Catalog;

/// A directory of VPC Flow Logs that a program fills and asks in SQL, Athena's.
///
/// ```java
/// try (FlowStore store = FlowStore.open(Path.of("weir-store"))) {
///     store.ingest(List.of("logs/"), IngestOptions.defaults(), ProgressListener.NONE);
///     try (FlowResult top = store.query(
///             "SELECT srcaddr, sum(bytes) AS total FROM vpc_flow_logs WHERE dstport = ?"
///                     + " GROUP BY srcaddr ORDER BY total DESC LIMIT 10", 443)) {
///         for (FlowRow row : top) {
///             System.out.println(row.text("srcaddr") + " " + row.number("total"));
///         }
///     }
/// }
/// ```
///
/// Safe for many threads; a program may have many stores open, and nothing is shared between them.
/// A store has one writer at a time, in any process: collecting, appending, compacting and
/// statements that make views or tables are refused meanwhile with a
/// [weir.engine.fault.StoreException] that says who writes. Readers wait for nobody.
///
/// Arrow batches and appending need options of the JVM; [#missingJvmOptions] says which.
public final class FlowStore implements AutoCloseable {
    private final Path directory;
    private final Store store;
    private final Catalogue catalogue;
    private final @Nullable Recovery recovered;

    /// Whoever appends, whose records queries of this store see at once; guarded by this.
    private @Nullable FlowAppender appender;

    private FlowStore(Path directory, Store store, Catalogue catalogue) {
        this.directory = directory;
        this.store = store;
        this.catalogue = catalogue;
        this.recovered = recover(store, directory);
    }

    /// A store that cannot be written now can be read all the same.
    private static @Nullable Recovery recover(Store store, Path directory) {
        try {
            return FlowAppender.recover(store, directory);
        } catch (StoreException e) {
            return new Recovery(0, List.of(String.valueOf(e.getMessage())));
        }
    }

    /// Opens the store in `directory`, which is made when there is none. What an appender left
    /// whose process was killed is taken in first.
    ///
    /// @throws weir.engine.fault.StoreException when the directory holds other things, or a store
    ///   that cannot be read
    /// @throws IllegalStateException when there is something to be taken in and the JVM runs
    ///   without the options that this needs
    public static FlowStore open(Path directory) {
        return open(directory, Catalogue.builtIn());
    }

    /// The same with another catalogue of questions, as
    /// `Catalogue.builtIn().with(Path.of("our-questions"))`.
    public static FlowStore open(Path directory, Catalogue catalogue) {
        Store store = Store.openOrCreate(directory);
        try {
            return new FlowStore(directory, store, catalogue);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /// The options that the JVM lacks for what this library can do, as they are to be written on
    /// its command line: those for Arrow, and those for appending. Empty when all is there.
    public static List<String> missingJvmOptions() {
        List<String> missing = new ArrayList<>(FlowResult.missingJvmOptions());
        missing.addAll(FlowAppender.missingJvmOptions());
        return List.copyOf(missing);
    }

    /// What an appender of a killed process had left, in records and remarks; null when that was
    /// nothing.
    public @Nullable Recovery recovered() {
        return recovered;
    }

    // --- filling ---

    /// Collects files, directories with all that is below them, and patterns like `logs/**/*.gz`:
    /// every form in which AWS delivers flow logs. What was collected before is passed by.
    ///
    /// @param listener hears how far it is, about ten times a second, on this thread
    /// @return what was taken, rejected and not read; it does not throw for a file
    /// @throws weir.engine.fault.StoreException when the store cannot be written; what was
    ///   committed stays, and the same call goes on from there
    /// @throws java.util.concurrent.CancellationException when this thread is interrupted
    public IngestReport ingest(
            List<String> inputs, IngestOptions options, ProgressListener listener) {
        try (FlowIngestor ingestor = FlowIngestor.open(store, directory)) {
            return ingestor.ingest(inputs, options, listener);
        }
    }

    /// Collects the bytes of `in` to its end, as a file called `name` would be: packed or not, in
    /// any form. `in` stays the caller's to close. The bytes are copied to a temporary file first,
    /// since some forms are not read from first to last.
    ///
    /// @param name what `"$path"` and the ledger call it, such as the URL of an object: the same
    ///   content is not collected again, and other content of the same name is refused
    /// @throws IOException when `in` cannot be read, or the copy not be written
    public IngestReport ingest(
            String name, InputStream in, IngestOptions options, ProgressListener listener)
            throws IOException {
        try (FlowIngestor ingestor = FlowIngestor.open(store, directory)) {
            return ingestor.ingest(name, in, options, listener);
        }
    }

    /// The same for what is left of `bytes`, of which nothing is left then.
    public IngestReport ingest(
            String name, ByteBuffer bytes, IngestOptions options, ProgressListener listener)
            throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return ingest(name, new ByteArrayInputStream(copy), options, listener);
    }

    /// Begins to append records as they arrive. Queries of this store see what was appended before
    /// they begin; those of other processes see it within the freshness of the options.
    ///
    /// @param listener hears when the disk is full
    /// @throws weir.engine.fault.StoreException when the store cannot be written, or has a writer
    /// @throws IllegalStateException when the JVM runs without the options that this needs, naming
    ///   them
    public synchronized FlowAppender appender(LiveOptions options, LiveListener listener)
            throws IOException {
        appender = FlowAppender.open(store, directory, options, listener);
        return appender;
    }

    /// Merges small segments and sorts what is in no order, as `weir compact` does.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be written, or has a writer
    public CompactReport compact() {
        return Compaction.run(
                store, RewriteOptions.of(FlowIngestor.storageHints()), Compaction.Listener.NONE);
    }

    // --- asking ---

    /// Starts one statement of SQL, with a value for each `?` in it; which of Java's values are
    /// values of which type is said at [weir.query.value.Parameters]. The store is seen as it is
    /// now.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    /// @throws weir.engine.fault.StoreException when the store cannot be read
    public FlowResult query(String sql, @Nullable Object... parameters) {
        List<@Nullable Object> values = new ArrayList<>(parameters.length);
        for (Object parameter : parameters) {
            values.add(parameter);
        }
        return query(sql, values, QueryOptions.defaults());
    }

    /// The same with limits: threads, memory, and a time after which reading fails.
    public FlowResult query(
            String sql, List<? extends @Nullable Object> parameters, QueryOptions options) {
        publish();
        return new FlowResult(new QueryEngine(store).execute(sql, parameters, options));
    }

    /// How the one statement of `sql` would be answered, as text.
    ///
    /// @throws weir.query.fault.QueryException when the statement is wrong, with the place
    public String explain(String sql) {
        return new QueryEngine(store).explain(sql, QueryOptions.defaults());
    }

    /// The questions that can be asked by name, with their parameters and guides.
    public List<Question> questions() {
        return catalogue.questions();
    }

    /// Asks the question called `name`, with values for its parameters as they would be typed
    /// (`"port"` to `"22"`, `"from"` to `"-24h"`) and defaults for the others.
    ///
    /// @throws weir.query.ask.AskException when there is no such question or parameter, a value is
    ///   wrong, or the store lacks a field that it needs, naming the nearest question that works
    public FlowResult ask(String name, Map<String, String> parameters) {
        return ask(name, parameters, QueryOptions.defaults());
    }

    /// The same with limits.
    public FlowResult ask(String name, Map<String, String> parameters, QueryOptions options) {
        publish();
        Question question = catalogue.question(name);
        String sql;
        try (Snapshot snapshot = store.snapshot()) {
            new Suitability(catalogue, Catalog.of(snapshot)).require(question);
            sql = question.sql(parameters, NewestRecord.of(snapshot, question.needs().table()));
        }
        return new FlowResult(new QueryEngine(store).execute(sql, options));
    }

    /// Makes what was appended visible. An appender that waits for the disk, or cannot go on, tells
    /// whoever appends: queries answer from what is in the store.
    private void publish() {
        FlowAppender open;
        synchronized (this) {
            open = appender;
        }
        if (open == null || !open.isOpen() || open.isStalled()) {
            return;
        }
        try {
            open.publish();
        } catch (IOException | IllegalStateException | StoreException _) {
            // The next append or sync says it.
        }
    }

    /// How much a table holds.
    ///
    /// @param table its name in SQL
    /// @param segments files of it
    /// @param records rows
    /// @param sizeBytes bytes of its files, indexes and dictionaries included
    public record TableStatistics(String table, int segments, long records, long sizeBytes) {}

    /// How much each table holds, those of the store about itself too.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be read
    public List<TableStatistics> statistics() {
        publish();
        List<TableStatistics> all = new ArrayList<>();
        try (Snapshot snapshot = store.snapshot()) {
            for (TableSnapshot table : snapshot.tables().values()) {
                long bytes = table.segments().stream().mapToLong(SegmentReader::sizeBytes).sum();
                all.add(
                        new TableStatistics(
                                table.name(), table.segments().size(), table.rowCount(), bytes));
            }
        }
        return List.copyOf(all);
    }

    /// Closes the appender, if there is one, and the store. Results must not be read after that.
    ///
    /// @throws weir.engine.fault.StoreException when what was appended cannot be written now; what
    ///   a sync counted is safe, and whoever opens the store next finds it
    @Override
    public void close() throws IOException {
        FlowAppender open;
        synchronized (this) {
            open = appender;
            appender = null;
        }
        try (Store _ = store) {
            if (open != null) {
                open.close();
            }
        }
    }
}
