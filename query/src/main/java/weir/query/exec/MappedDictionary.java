// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;

/// What a text expression gives for each code of another dictionary: it has that one's codes, and
/// several may read alike. Texts appear as codes are touched; the thread that fills it hands a
/// batch on only after it has filled that batch's codes.
final class MappedDictionary implements KeptTexts {
    private final @Nullable String[] texts;
    private long sizeBytes;

    MappedDictionary(int size) {
        this.texts = new @Nullable String[size];
    }

    void put(int code, @Nullable String text) {
        texts[code] = text;
    }

    /// Counts `bytes` more, by the one thread that fills it.
    void grow(long bytes) {
        sizeBytes += bytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int size() {
        return texts.length;
    }

    @Override
    public @Nullable String text(int code) {
        return texts[code];
    }

    @Override
    public @Nullable IpAddress address(int code) {
        String text = texts[code];
        return text == null ? null : IpAddress.parse(text);
    }

    @Override
    public boolean isSorted() {
        return false;
    }

    @Override
    public int codeOf(String text) {
        throw new UnsupportedOperationException("not every code has its text yet");
    }
}
