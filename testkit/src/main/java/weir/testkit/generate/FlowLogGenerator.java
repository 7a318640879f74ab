// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Makes VPC flow logs: as one file, as a stream, or as the folders of a bucket.
///
/// The same options give the same bytes, whatever the machine and the number of threads (gzip
/// output additionally needs the same zlib). All methods may be called from any thread at any time;
/// each call works on its own. Memory use is a few slices of at most 16,384 records per thread, and
/// for a bucket the text of about five minutes.
public final class FlowLogGenerator {

    private static final int COPY_BYTES = 1 << 16;

    private FlowLogGenerator() {}

    /// Writes one file of `options.records()` records; an existing file is replaced. The layout
    /// option has no meaning here.
    ///
    /// @throws IOException when the file can not be written
    public static GenerationResult writeFile(GeneratorOptions options, Path file)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return writeTo(options, out);
        }
    }

    /// Writes the same bytes as [#writeFile] to a stream, which is flushed but not closed.
    ///
    /// @throws IOException when the stream refuses bytes
    public static GenerationResult writeTo(GeneratorOptions options, OutputStream out)
            throws IOException {
        CountingStream written = new CountingStream(new BufferedOutputStream(out, COPY_BYTES));
        OutputStream packed = options.gzip() ? new GZIPOutputStream(written, COPY_BYTES) : written;
        CountingStream text = new CountingStream(packed);
        if (options.header()) {
            text.write(BucketFiles.headerLine(options.format().headerLine()));
        }
        Traffic traffic = new Traffic(options);
        try (OrderedWork<byte[]> work = new OrderedWork<>(options.threads(), text::write)) {
            Schedule schedule = new Schedule(traffic, options.records());
            while (schedule.hasNext()) {
                Slice slice = schedule.next();
                work.submit(() -> traffic.generate(slice, options.format()).joined());
            }
            work.drain();
        }
        if (packed instanceof GZIPOutputStream gzip) {
            gzip.finish();
        }
        written.flush();
        return new GenerationResult(options.records(), 1, text.count(), written.count());
    }

    /// Writes `options.records()` records as AWS would deliver them to a bucket that is this
    /// folder: one file per subscription and five minutes (more when it grows large), a record
    /// filed by its end. Folders are made as needed; other files are left alone.
    ///
    /// @throws IOException when a file or folder can not be written
    public static GenerationResult writeBucket(GeneratorOptions options, Path folder)
            throws IOException {
        Traffic traffic = new Traffic(options);
        try (BucketRun run = new BucketRun(options, traffic, folder);
                OrderedWork<SliceLines> work =
                        new OrderedWork<>(
                                options.threads(), done -> run.add(done.slice(), done.lines()))) {
            Schedule schedule = new Schedule(traffic, options.records());
            while (schedule.hasNext()) {
                Slice slice = schedule.next();
                work.submit(() -> new SliceLines(slice, traffic.generate(slice, options.format())));
            }
            work.drain();
            return run.finish();
        }
    }

    private record SliceLines(Slice slice, Lines lines) {}
}
