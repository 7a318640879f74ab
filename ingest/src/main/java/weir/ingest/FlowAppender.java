// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.ingest.journal.JournalFlags;
import weir.ingest.live.LiveListener;
import weir.ingest.live.LiveOptions;
import weir.ingest.live.LiveSession;
import weir.ingest.live.Recovery;

/// Appends records to a store as they arrive, and tells which are safe. The store has no other
/// writer until the appender is closed; any number of readers in any process see its records, at
/// most the freshness of its options and the time of writing after they were appended.
///
/// Records are lines of text, as AWS writes them: header lines may come between and are followed;
/// lines that are no records are in `system.rejected_lines`. A process that dies at any instant
/// loses no record that a [#sync] counted, and none is there twice: whoever opens the store next
/// finds them.
///
/// Safe for many threads, whose bytes come one call after the other.
public final class FlowAppender implements AutoCloseable {
    private final LiveSession session;

    private FlowAppender(LiveSession session) {
        this.session = session;
    }

    /// Begins to append to `store`, which lies in `directory` and stays the caller's to close.
    ///
    /// @param listener hears when the disk is full
    /// @throws weir.engine.fault.StoreException when the store cannot be written, or another writer
    ///   is at work
    /// @throws IOException when the store has no room for the columns of the format
    /// @throws IllegalStateException when the JVM runs without the options that this needs, with
    ///   those that are missing
    public static FlowAppender open(
            Store store, Path directory, LiveOptions options, LiveListener listener)
            throws IOException {
        return new FlowAppender(LiveSession.open(store, directory, options, listener));
    }

    /// Makes records of what a process that was killed left in `directory`, as whoever reads the
    /// store does first. Costs a look into a folder when there is nothing.
    ///
    /// @return what was done; null when there was nothing to do, or another writer is at work
    /// @throws weir.engine.fault.StoreException when the store cannot be written
    /// @throws IllegalStateException as [#open] does
    public static @Nullable Recovery recover(Store store, Path directory) {
        return Recovery.run(store, directory);
    }

    /// The options of the JVM that appending needs and that are missing, as a command line has
    /// them.
    public static List<String> missingJvmOptions() {
        return JournalFlags.missing();
    }

    /// Whether it was not closed yet.
    public boolean isOpen() {
        return session.isOpen();
    }

    /// Whether it waits for the disk, so that whoever appends, syncs or publishes waits too.
    public boolean isStalled() {
        return session.isStalled();
    }

    /// Lets whoever waits for the disk fail, so that this can be closed; what is safe stays so.
    public void endWaiting() {
        session.endWaiting();
    }

    /// What a process before this one left, which is in the store now; null when that is nothing.
    public @Nullable Recovery recovered() {
        return session.recovered();
    }

    /// Takes the next bytes of the stream: whole lines, each ended by a newline, or parts of some.
    /// Waits while rows before them are written and while the disk is full.
    ///
    /// @throws IOException when the stream cannot be read as records from here on, with the reason,
    ///   or this thread was interrupted while it waited for the disk: how much of the bytes was
    ///   taken is not known then
    /// @throws weir.engine.fault.StoreException when this is being closed while it waits for the
    ///   disk
    /// @throws IllegalStateException when this was closed
    public void append(byte[] bytes) throws IOException {
        session.append(bytes, 0, bytes.length);
    }

    /// The same for `size` bytes from index `from` on.
    public void append(byte[] bytes, int from, int size) throws IOException {
        session.append(bytes, from, size);
    }

    /// The same for what is left of `bytes`, of which nothing is left then.
    public void append(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        session.append(copy, 0, copy.length);
    }

    /// Makes every whole line that was appended before safe against the death of the process and of
    /// the machine. Waits while the disk is full.
    ///
    /// @return how many records that were appended here are safe
    /// @throws IOException as [#append] does
    public long sync() throws IOException {
        return session.sync();
    }

    /// Makes every whole line that was appended before visible to every query that begins after
    /// this returns.
    ///
    /// @throws IOException as [#append] does
    public void publish() throws IOException {
        session.publish();
    }

    /// Records appended here, and lines that are none.
    public LiveSession.Counts counts() {
        return session.counts();
    }

    /// Collects those of `inputs` that are called `names` into the same store meanwhile, as
    /// [FlowIngestor#ingest] does.
    IngestReport ingest(
            FlowIngestor ingestor,
            List<String> inputs,
            IngestOptions options,
            Set<String> names,
            ProgressListener listener) {
        return session.write(writer -> ingestor.ingest(writer, inputs, options, names, listener));
    }

    /// Takes a last line that has no end too, makes everything visible, and leaves no journal.
    ///
    /// @throws weir.engine.fault.StoreException when the store cannot be written: what is safe
    ///   stays so, and whoever opens the store next finds it
    @Override
    public void close() throws IOException {
        session.close();
    }
}
