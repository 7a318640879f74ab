// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// About how much of the heap a value takes: what is counted against the memory limit.
public final class ValueSize {
    private static final int OBJECT_BYTES = 24;
    private static final int ENTRY_BYTES = 56;

    private ValueSize() {}

    /// Bytes of `value`, with all that it holds.
    public static long bytes(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> OBJECT_BYTES + 24 + 2L * text.length();
            case List<?> list -> {
                long total = OBJECT_BYTES + 16;
                for (Object element : list) {
                    total += 8 + bytes(element);
                }
                yield total;
            }
            case Map<?, ?> map -> {
                long total = OBJECT_BYTES + 32;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    total += ENTRY_BYTES + bytes(entry.getKey()) + bytes(entry.getValue());
                }
                yield total;
            }
            default -> OBJECT_BYTES;
        };
    }
}
