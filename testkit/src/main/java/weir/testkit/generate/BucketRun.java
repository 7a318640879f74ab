// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Sorts the lines of slices into delivered files. Used by one thread; files are compressed and
/// written by others.
final class BucketRun implements AutoCloseable {

    /// A file that reaches this size is finished and another one begun, as AWS does.
    private static final int MAX_FILE_BYTES = 24 << 20;

    /// Which file a line goes to. Ordered by time first, so that finished files come first.
    private record Key(long period, int subscription) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(period, other.period);
            return byTime != 0 ? byTime : Integer.compare(subscription, other.subscription);
        }
    }

    private final GeneratorOptions options;
    private final Traffic traffic;
    private final Path folder;
    private final byte[] header;
    private final TreeMap<Key, ByteArrayOutputStream> open = new TreeMap<>();
    private final OrderedWork<Long> writers;
    private long records;
    private long files;
    private long textBytes;
    private long writtenBytes;

    BucketRun(GeneratorOptions options, Traffic traffic, Path folder) {
        this.options = options;
        this.traffic = traffic;
        this.folder = folder;
        this.header =
                options.header()
                        ? BucketFiles.headerLine(options.format().headerLine())
                        : new byte[0];
        this.writers = new OrderedWork<>(options.threads(), bytes -> writtenBytes += bytes);
    }

    /// Takes the lines of the next slice.
    void add(Slice slice, Lines lines) throws IOException {
        long windowStart =
                options.startEpochSecond() + slice.window() * options.aggregationSeconds();
        while (!open.isEmpty()
                && open.firstKey().period() + BucketFiles.PERIOD_SECONDS <= windowStart) {
            finishFirst();
        }
        LineBuffer buffer = lines.buffer();
        for (int i = 0; i < lines.count(); i++) {
            int line = lines.line(i);
            long end = buffer.endTime(line);
            Key key = new Key(end - end % BucketFiles.PERIOD_SECONDS, buffer.subscription(line));
            ByteArrayOutputStream file = open.computeIfAbsent(key, k -> begin());
            int start = buffer.lineStart(line);
            file.write(buffer.text(), start, buffer.lineEnd(line) - start);
            if (file.size() >= MAX_FILE_BYTES) {
                open.remove(key);
                finish(key, file);
            }
        }
        records += lines.count();
    }

    private ByteArrayOutputStream begin() {
        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
        file.write(header, 0, header.length);
        return file;
    }

    private void finishFirst() throws IOException {
        Map.Entry<Key, ByteArrayOutputStream> first = open.pollFirstEntry();
        finish(first.getKey(), first.getValue());
    }

    private void finish(Key key, ByteArrayOutputStream file) throws IOException {
        Subscription subscription = traffic.estate.subscriptions().get(key.subscription());
        int hash = (int) SeededRandom.of(options.seed(), 30, key.period(), files).next();
        Path path =
                folder.resolve(
                        BucketFiles.path(
                                subscription,
                                options.layout(),
                                key.period(),
                                hash,
                                options.gzip()));
        byte[] text = file.toByteArray();
        files++;
        textBytes += text.length;
        writers.submit(() -> BucketFiles.write(path, text, options.gzip()));
    }

    GenerationResult finish() throws IOException {
        while (!open.isEmpty()) {
            finishFirst();
        }
        writers.drain();
        return new GenerationResult(records, files, textBytes, writtenBytes);
    }

    @Override
    public void close() {
        writers.close();
    }
}
