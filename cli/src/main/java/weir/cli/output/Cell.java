// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.ValueText;

/// The values of one column as Trino's own client prints them. Bound to one vector after another;
/// belongs to one thread.
final class Cell {
    private static final int RECENT = 1 << 12;

    private final SqlType type;
    private Vector vector = new Vector.Objects(new Object[0]);
    private @Nullable Dictionary dictionary;

    /// Codes worded last and their texts, by the code's low bits: most rows repeat a value.
    private final int[] recentCodes = new int[RECENT];

    private final @Nullable String[] recentTexts = new String[RECENT];

    Cell(SqlType type) {
        this.type = type;
    }

    /// Whether values stand at the right of a table's column.
    boolean isRightAligned() {
        return type.isNumeric();
    }

    @SuppressWarnings("ReferenceEquality") // another dictionary, equal or not, has other codes
    void bind(Vector next) {
        vector = next;
        if (next instanceof Vector.Codes codes && codes.dictionary() != dictionary) {
            dictionary = codes.dictionary();
            Arrays.fill(recentCodes, -1);
        }
    }

    /// The text of row `row`; null where it is NULL.
    @Nullable String text(int row) {
        return switch (vector) {
            case Vector.Codes codes -> word(codes, codes.codes()[row]);
            case Vector.Longs longs ->
                    longs.isNull(row) ? null : ValueText.ofLong(longs.values()[row], type);
            case Vector.Doubles doubles ->
                    doubles.isNull(row) ? null : ValueText.ofDouble(doubles.values()[row], type);
            case Vector.Objects objects -> word(objects.values()[row]);
        };
    }

    /// Row `row` as JSON writes it.
    String json(int row) {
        return type.isNested() && vector instanceof Vector.Objects objects
                ? JsonValue.of(objects.values()[row], type)
                : JsonValue.ofText(text(row), type);
    }

    private @Nullable String word(Vector.Codes codes, int code) {
        int slot = code & (RECENT - 1);
        if (recentCodes[slot] != code) {
            recentCodes[slot] = code;
            recentTexts[slot] =
                    type == BasicType.IPADDRESS
                            ? word(codes.dictionary().address(code))
                            : codes.dictionary().text(code);
        }
        return recentTexts[slot];
    }

    private @Nullable String word(@Nullable Object value) {
        return value == null ? null : ValueText.of(value, type);
    }
}
