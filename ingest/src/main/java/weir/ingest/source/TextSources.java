// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import weir.ingest.inflate.Decoders;
import weir.ingest.parquet.ParquetLines;
import weir.ingest.unpack.Packing;

/// Opens inputs. How they are packed is decided by their first bytes, never by their names.
public final class TextSources {
    /// Packed bytes from which on a thread of its own unpacks it.
    private static final long READ_AHEAD_BYTES_MIN = 1 << 20;

    private TextSources() {}

    /// Opens `file` at its beginning; its form is told by its first bytes.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource open(InputFile file) throws IOException {
        return open(file, Form.AUTO, () -> {});
    }

    /// The same of `form`, unless that is [Form#AUTO]; where the source reads on and on without
    /// giving text it calls `checkpoint`, which may throw to end that.
    ///
    /// @throws IOException when it cannot be opened or read
    /// @throws IllegalArgumentException when it is gzip and [Decoders#PROPERTY] names an inflater
    ///   that cannot be used
    public static TextSource open(InputFile file, Form form, Runnable checkpoint)
            throws IOException {
        RawBytes raw = RawBytes.open(file, 0);
        if (raw.isZip()) {
            return zip(raw, form, checkpoint);
        }
        Optional<Packing> packing = raw.packing();
        if (packing.isEmpty()) {
            Form told = form == Form.AUTO ? raw.guess() : form;
            return told == Form.TEXT
                    ? new PlainText(raw)
                    : formed(file, new PlainText(raw), told, checkpoint);
        }
        TextSource unpacked =
                packing.get() == Packing.GZIP
                        ? gzip(file, raw, checkpoint)
                        : unpacked(raw, packing.get(), checkpoint);
        HeadText text = HeadText.of(unpacked);
        Form told = form == Form.AUTO ? text.guess() : form;
        return told == Form.TEXT ? text : formed(file, text, told, checkpoint);
    }

    private static TextSource unpacked(RawBytes raw, Packing packing, Runnable checkpoint) {
        PlainText packed = new PlainText(raw);
        return new LayeredText(
                packed, packing.word(), packed::consumedBytes, checkpoint, packing::open);
    }

    private static TextSource zip(RawBytes raw, Form form, Runnable checkpoint) {
        PlainText packed = new PlainText(raw);
        return new LayeredText(
                packed,
                "zip",
                packed::consumedBytes,
                checkpoint,
                lower -> new MemberTexts(lower, form));
    }

    private static TextSource formed(
            InputFile file, TextSource text, Form form, Runnable checkpoint) {
        boolean isPlain = text.form().equals("text");
        String packed = isPlain ? "" : text.form() + " ";
        LongSupplier sizeBytes = () -> Math.max(file.sizeBytes(), text.consumedBytes());
        Path path = isPlain ? file.path() : null;
        LayeredText.Layer layer =
                form == Form.PARQUET && path != null ? _ -> ParquetLines.open(path) : form::lines;
        return new LayeredText(text, packed + form.word(), sizeBytes, checkpoint, layer);
    }

    private static TextSource gzip(InputFile file, RawBytes raw, Runnable checkpoint)
            throws IOException {
        try {
            // Nobody knows how much standard input will be: it is taken for much.
            boolean isEndless = file.isStandardInput();
            Decoders decoders =
                    isEndless ? Decoders.forEndless() : Decoders.forFile(file.sizeBytes());
            return !isEndless && file.sizeBytes() < READ_AHEAD_BYTES_MIN
                    ? new GzipText(raw, decoders, checkpoint)
                    : new ReadAheadText(own -> new GzipText(raw, decoders, own), checkpoint);
        } catch (RuntimeException | Error e) {
            raw.close();
            throw e;
        }
    }

    /// Whether `file`, which is not standard input, is anything but plain text.
    ///
    /// @throws IOException when it cannot be opened or read
    public static boolean isPacked(InputFile file, Form form) throws IOException {
        if (file.isStandardInput()) {
            throw new IllegalArgumentException("standard input can be looked at only once");
        }
        try (RawBytes raw = RawBytes.open(file, 0)) {
            Form told = form == Form.AUTO ? raw.guess() : form;
            return raw.isZip() || raw.packing().isPresent() || told != Form.TEXT;
        }
    }

    /// Opens `file`, which is known to be plain text, at byte `offset`.
    ///
    /// @throws IOException when it cannot be opened or read
    public static TextSource openPlain(InputFile file, long offset) throws IOException {
        return new PlainText(RawBytes.open(file, offset));
    }
}
