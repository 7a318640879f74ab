// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;

/// A dictionary of texts in memory, in no order: what an expression over another dictionary gives.
/// Every code may read as NULL here.
public final class TextList implements Dictionary {
    private final @Nullable String[] texts;
    private @Nullable Map<String, Integer> codes;

    /// The dictionary whose code `i` reads as `texts[i]`; the array is kept.
    public TextList(@Nullable String[] texts) {
        this.texts = texts;
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
    public boolean isNull(int code) {
        return texts[code] == null;
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
    public synchronized int codeOf(String text) {
        if (codes == null) {
            codes = HashMap.newHashMap(texts.length);
            for (int code = 0; code < texts.length; code++) {
                String value = texts[code];
                if (value != null) {
                    codes.putIfAbsent(value, code);
                }
            }
        }
        return codes.getOrDefault(text, -1);
    }
}
