// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decoders of one kind, lent out and taken back: a folder has very many small files. Safe for many
/// threads.
public final class Decoders {
    /// The system property that says which kind this process uses: `auto`, the default, or the
    /// [word][DecoderKind#word] of one.
    public static final String PROPERTY = "weir.inflater";

    private static final String AUTO = "auto";
    private static final int IDLE_MAX = 16;

    /// Packed bytes up to which the JDK is done sooner than a library is opened and tried, which
    /// takes about a tenth of a second.
    private static final long WORTHWHILE_BYTES = 8 << 20;

    private static final Decoders OF_JDK = new Decoders(DecoderKind.JDK);

    private static @Nullable Decoders ofProcess;
    private static long seenBytes;

    private final DecoderKind kind;
    private final Deque<DeflateDecoder> idle = new ArrayDeque<>();

    /// Decoders of `kind`, which is usable.
    public Decoders(DecoderKind kind) {
        this.kind = kind;
    }

    /// Those of this process: of the kind that the system property says, else of the first that is
    /// usable. Chosen once.
    ///
    /// @throws IllegalArgumentException when the property is no kind or one that cannot be used
    ///   here
    public static synchronized Decoders ofProcess() {
        if (ofProcess == null) {
            ofProcess = new Decoders(choose(System.getProperty(PROPERTY, AUTO)));
        }
        return ofProcess;
    }

    /// Those of this process, or of the JDK as long as all files that were asked for, with the next
    /// one of `packedBytes`, are too small to be worth a choice.
    ///
    /// @throws IllegalArgumentException when the property is no kind or one that cannot be used
    ///   here
    public static synchronized Decoders forFile(long packedBytes) {
        seenBytes += packedBytes;
        boolean isChosen = ofProcess != null || System.getProperty(PROPERTY) != null;
        return isChosen || seenBytes >= WORTHWHILE_BYTES
                ? ofProcess().fitting(packedBytes)
                : OF_JDK;
    }

    /// Those of this process for an input of which nobody knows how much it will be.
    ///
    /// @throws IllegalArgumentException when the property is no kind or one that cannot be used
    ///   here
    public static Decoders forEndless() {
        return ofProcess().fitting(Long.MAX_VALUE);
    }

    /// These, or those of the JDK where libdeflate would leave all but the last piece to it, after
    /// waiting for large pieces that are no use.
    Decoders fitting(long packedBytes) {
        return kind == DecoderKind.LIBDEFLATE && packedBytes > LibdeflateDecoder.PIECE_BYTES_MAX
                ? OF_JDK
                : this;
    }

    /// The kind that `word` means here.
    ///
    /// @throws IllegalArgumentException when it means none, or one that cannot be used here
    static DecoderKind choose(String word) {
        for (DecoderKind kind : DecoderKind.values()) {
            if (word.equals(AUTO) ? kind.isUsable() : word.equals(kind.word())) {
                if (!kind.isUsable()) {
                    throw new IllegalArgumentException(
                            PROPERTY
                                    + "="
                                    + word
                                    + " cannot be used here: its library is missing, not of the"
                                    + " expected version, or this process may not call native code"
                                    + " (--enable-native-access=ALL-UNNAMED)");
                }
                return kind;
            }
        }
        throw new IllegalArgumentException(
                PROPERTY
                        + "="
                        + word
                        + " is no inflater: there are auto, "
                        + Arrays.stream(DecoderKind.values())
                                .map(DecoderKind::word)
                                .collect(Collectors.joining(", ")));
    }

    /// The kind of all decoders that are lent.
    public DecoderKind kind() {
        return kind;
    }

    /// Lends a decoder, to be given back.
    public DeflateDecoder lend() {
        synchronized (idle) {
            DeflateDecoder decoder = idle.pollLast();
            if (decoder != null) {
                return decoder;
            }
        }
        return kind.newDecoder();
    }

    /// Takes a decoder back, which the caller must not use any more.
    public void takeBack(DeflateDecoder decoder) {
        decoder.rest();
        synchronized (idle) {
            if (idle.size() < IDLE_MAX) {
                idle.addLast(decoder);
                return;
            }
        }
        decoder.close();
    }
}
