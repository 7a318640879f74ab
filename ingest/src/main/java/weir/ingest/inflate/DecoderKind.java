// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What can unpack deflate streams, in the order in which one is chosen.
public enum DecoderKind {
    /// ISA-L of the system.
    ISAL,
    /// libdeflate of the system, and the JDK for what it cannot take.
    LIBDEFLATE,
    /// The JDK.
    JDK;

    /// The word for it on a command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether this process can use it. The first time its library is opened and tried.
    public boolean isUsable() {
        return Makers.of(this).isPresent();
    }

    /// A new decoder, which the caller closes.
    ///
    /// @throws IllegalStateException when it is not [#isUsable]
    public DeflateDecoder newDecoder() {
        return Makers.of(this)
                .orElseThrow(() -> new IllegalStateException("there is no usable " + word()))
                .get();
    }

    /// What makes decoders, of the kinds that were asked for: nothing when this process cannot.
    private static final class Makers {
        private static final Map<DecoderKind, Optional<Supplier<DeflateDecoder>>> FOUND =
                new EnumMap<>(DecoderKind.class);

        private Makers() {}

        static synchronized Optional<Supplier<DeflateDecoder>> of(DecoderKind kind) {
            return FOUND.computeIfAbsent(kind, next -> Optional.ofNullable(next.find()));
        }
    }

    private @Nullable Supplier<DeflateDecoder> find() {
        try {
            Supplier<DeflateDecoder> found =
                    switch (this) {
                        case ISAL -> {
                            IsalDecoder.Library library = IsalDecoder.Library.open();
                            yield library == null ? null : () -> new IsalDecoder(library);
                        }
                        case LIBDEFLATE -> {
                            LibdeflateDecoder.Library library = LibdeflateDecoder.Library.open();
                            yield library == null ? null : () -> new LibdeflateDecoder(library);
                        }
                        case JDK -> JdkDecoder::new;
                    };
            return found != null && (this == JDK || passes(found)) ? found : null;
        } catch (RuntimeException | LinkageError e) {
            // Whatever is wrong with a library, there is always the JDK.
            return null;
        }
    }

    private static boolean passes(Supplier<DeflateDecoder> candidate) {
        DeflateDecoder decoder = candidate.get();
        try {
            return Trial.isPassedBy(decoder);
        } finally {
            decoder.close();
        }
    }
}
