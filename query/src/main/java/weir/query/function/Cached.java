// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was made of the last few texts: one where the text is a constant. Belongs to one thread.
final class Cached<P> {
    private static final int ENTRIES_MAX = 64;

    private final Function<String, P> prepare;
    private final Map<String, P> known = new LinkedHashMap<>();
    private @Nullable String lastText;
    private @Nullable P last;

    Cached(Function<String, P> prepare) {
        this.prepare = prepare;
    }

    P get(String text) {
        P value = last;
        if (value != null && text.equals(lastText)) {
            return value;
        }
        value = known.get(text);
        if (value == null) {
            value = prepare.apply(text);
            if (known.size() == ENTRIES_MAX) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(text, value);
        }
        lastText = text;
        last = value;
        return value;
    }
}
