// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;
import weir.query.type.SqlType;

/// Ids of values that stand as whole numbers: an array for small ones (ports, protocols), a table
/// with linear probing for the rest.
final class LongIds extends ValueIds {
    private static final int DIRECT = 1 << 16;

    private final SqlType type;
    private final QueryContext context;
    private final int[] direct = new int[DIRECT];
    private long[] values = new long[64];
    private int size = 1;
    private int[] slots = new int[256];
    private int hashedCount;

    LongIds(SqlType type, QueryContext context) {
        this.type = type;
        this.context = context;
        context.reserve(4L * DIRECT);
    }

    @Override
    void idsOf(Vector vector, int rowCount, int[] ids) {
        Vector.Longs longs = (Vector.Longs) vector;
        long[] from = longs.values();
        boolean[] nulls = longs.nulls();
        long last = 0;
        int lastId = 0;
        for (int row = 0; row < rowCount; row++) {
            if (nulls != null && nulls[row]) {
                ids[row] = 0;
                continue;
            }
            long value = from[row];
            // Times and the like come in runs.
            if (value != last || lastId == 0) {
                lastId = idOf(value);
                last = value;
            }
            ids[row] = lastId;
        }
    }

    private int idOf(long value) {
        if (value >= 0 && value < DIRECT) {
            int id = direct[(int) value];
            if (id == 0) {
                id = add(value);
                direct[(int) value] = id;
            }
            return id;
        }
        int slot = slotOf(value);
        while (slots[slot] != 0) {
            if (values[slots[slot]] == value) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = add(value);
        slots[slot] = id;
        if (2 * ++hashedCount > slots.length) {
            rehash();
        }
        return id;
    }

    private int add(long value) {
        if (size == values.length) {
            context.reserve(8L * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size] = value;
        return size++;
    }

    private int slotOf(long value) {
        return (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
    }

    private void rehash() {
        context.reserve(4L * slots.length);
        slots = new int[2 * slots.length];
        for (int id = 1; id < size; id++) {
            if (values[id] < 0 || values[id] >= DIRECT) {
                int slot = slotOf(values[id]);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = id;
            }
        }
    }

    @Override
    int size() {
        return size;
    }

    @Override
    @Nullable Object value(int id) {
        return id == 0 ? null : (Object) values[id];
    }

    @Override
    int hashOf(int id) {
        return id == 0 ? 0 : (int) ((values[id] * 0x9E3779B97F4A7C15L) >>> 32);
    }

    @Override
    int idOf(@Nullable Object value) {
        return value == null ? 0 : idOf(((Long) value).longValue());
    }

    @Override
    int[] merge(ValueIds other, QueryContext context) {
        LongIds longs = (LongIds) other;
        int[] mapping = new int[longs.size];
        for (int id = 1; id < mapping.length; id++) {
            context.checkAt(id);
            mapping[id] = idOf(longs.values[id]);
        }
        return mapping;
    }

    @Override
    Vector values(int[] ids, int from, int count) {
        long[] picked = new long[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int id = ids[from + i];
            picked[i] = values[id];
            if (id == 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new Vector.Longs(picked, nulls);
    }

    @Override
    IdLookup lookup() {
        return (vector, rowCount, ids) -> {
            Vector.Longs longs = (Vector.Longs) vector;
            for (int row = 0; row < rowCount; row++) {
                ids[row] = longs.isNull(row) ? 0 : find(longs.values()[row]);
            }
        };
    }

    /// The id of a value, [IdLookup#MISSING] when it has none.
    int find(long value) {
        if (value >= 0 && value < DIRECT) {
            int id = direct[(int) value];
            return id == 0 ? IdLookup.MISSING : id;
        }
        int slot = slotOf(value);
        while (slots[slot] != 0) {
            if (values[slots[slot]] == value) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return IdLookup.MISSING;
    }

    @Override
    public String toString() {
        return "ids of " + type.displayName();
    }
}
