// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The text that a library makes of another source: unpacked, or taken out of what holds it.
///
/// *Invariants:* where the source below breaks, its fault is the one that is told. What breaks
/// before any text came is an exception, because then it is not certain what it is; what breaks
/// later is a fault behind the text.
final class LayeredText implements TextSource {
    /// Text up to which it does not matter how small it was packed.
    private static final long TRUSTED_BYTES = 64L << 20;

    private static final long RATIO_MAX = 1_000;

    /// Makes the upper stream of the lower.
    @FunctionalInterface
    interface Layer {
        InputStream over(InputStream lower) throws IOException;
    }

    private final TextSource below;
    private final SourceStream lower;
    private final Layer layer;
    private final String form;
    private final LongSupplier packedBytes;
    private @Nullable InputStream upper;
    private long textBytes;
    private boolean isEnded;
    private @Nullable SourceFault fault;
    private @Nullable String packedHash;

    LayeredText(
            TextSource below,
            String form,
            LongSupplier packedBytes,
            Runnable checkpoint,
            Layer layer) {
        this.below = below;
        this.form = form;
        this.packedBytes = packedBytes;
        this.layer = layer;
        this.lower = new SourceStream(below, checkpoint);
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        if (!isEnded) {
            int count = readUpper(to, from, size);
            if (count > 0) {
                textBytes += count;
                checkRatio();
                return count;
            }
            isEnded = true;
        }
        if (packedHash == null) {
            drain();
        }
        return -1;
    }

    private int readUpper(byte[] to, int from, int size) throws IOException {
        try {
            if (upper == null) {
                upper = layer.over(lower);
            }
            return upper.read(to, from, size);
        } catch (OutOfMemoryError e) {
            // Some forms say how much they hold, and a library believes it.
            return broken(new IOException("it says it holds more than the memory does", e));
        } catch (IOException | RuntimeException e) {
            lower.throwFailure();
            return broken(e);
        }
    }

    /// Takes note of what broke the text; gives -1.
    private int broken(Exception e) throws IOException {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        if (textBytes == 0) {
            throw new IOException(reason, e);
        }
        boolean isCut = lower.isEnded() && (e instanceof EOFException || saysSo(reason));
        fault =
                new SourceFault(
                        isCut ? SourceFault.Kind.TRUNCATED : SourceFault.Kind.DAMAGED,
                        "the %s data %s: %s"
                                .formatted(form, isCut ? "ends early" : "is damaged", reason));
        return -1;
    }

    /// Whether a library says in its own words that something ended too early.
    private static boolean saysSo(String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        return words.contains("truncat")
                || words.contains("unexpected end")
                || words.contains("premature");
    }

    private void checkRatio() {
        if (textBytes > TRUSTED_BYTES && textBytes / RATIO_MAX > packedBytes.getAsLong()) {
            isEnded = true;
            fault =
                    new SourceFault(
                            SourceFault.Kind.DAMAGED,
                            "the "
                                    + form
                                    + " data unpacks to more than 1,000 bytes for each byte: not"
                                    + " read further");
        }
    }

    /// Goes on to the end below, so that its hash does not depend on where a library gave up.
    private void drain() throws IOException {
        byte[] rest = new byte[1 << 14];
        while (lower.read(rest, 0, rest.length) >= 0) {
            // Only hashed.
        }
        String ofFile = below.packedHash();
        packedHash = ofFile == null ? lower.hash() : ofFile;
        SourceFault cause = below.fault();
        if (cause != null && (fault == null || cause.kind() != SourceFault.Kind.NOTED)) {
            fault = cause;
        }
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public long consumedBytes() {
        return below.consumedBytes();
    }

    @Override
    public @Nullable SourceFault fault() {
        return fault;
    }

    @Override
    public @Nullable String packedHash() {
        return packedHash;
    }

    @Override
    public void close() throws IOException {
        try (below) {
            if (upper != null) {
                upper.close();
            }
        }
    }
}
