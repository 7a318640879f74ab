// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;

/// Rows of a grouping of many groups, put aside by the hash of their keys, so that the groups of
/// one partition fit the cache of a core when they are made. Rows that follow one another closely
/// with one key come together as one. Belongs to one thread until all rows have come.
///
/// A row stands as longs: its key, two ids to a long; where somebody asks for that, where the first
/// of it stood; its *head*, how many rows it is and above that a bit for each value that is NULL,
/// unless only keys are wanted; and its values, summed up or the extreme ones.
///
/// Radix partitioning as in Balkesen et al., *Multi-core, main-memory joins: sort vs. hash
/// revisited* (2013), in one pass.
final class GroupPartitions {
    /// How many partitions there are.
    static final int COUNT = 1 << 8;

    /// More values than these a row cannot have.
    static final int VALUES_MAX = 16;

    private static final int NULLS_SHIFT = Long.SIZE - VALUES_MAX;
    private static final long WEIGHT_MASK = (1L << NULLS_SHIFT) - 1;
    private static final int CHUNK_ROWS = 256;
    private static final int RECENT = 1 << 12;

    private final int words;
    private final int deciding;
    private final int headAt;
    private final int valuesAt;
    private final int width;
    private final Combine[] combines;
    private final QueryContext context;
    private final List<List<long[]>> chunks = new ArrayList<>();

    /// By partition: its last chunk, and where the next row of it begins.
    private final long[][] open = new long[COUNT][0];

    private final int[] ends = new int[COUNT];

    /// By the hash of a key: a key, and the chunk of a row that has it and the place of its head
    /// there. Keys stand here once more because most rows have another one, and then the chunk is
    /// not asked.
    private final long[][] recentKeys;

    private final long[][] recentChunks = new long[RECENT][0];
    private final int[] recentPlaces = new int[RECENT];

    /// Of the batch that is being added.
    private long[][] batchKeys = new long[0][];

    private int[] keyHashes = new int[0];
    private int[] partHashes = new int[0];
    private long[] heads = new long[0];

    /// How values of rows with one key come together.
    enum Combine {
        /// They are added.
        SUM,
        /// The least of them.
        MIN,
        /// The greatest of them.
        MAX
    }

    /// @param words longs of a key
    /// @param hasPositions whether rows tell where they stood
    GroupPartitions(int words, PartitionPlan plan, boolean hasPositions, QueryContext context) {
        this.words = words;
        this.deciding = plan.deciding();
        this.headAt = words + (hasPositions ? 1 : 0);
        this.valuesAt = headAt + (plan.wantsRows() ? 1 : 0);
        this.width = valuesAt + plan.values().size();
        this.combines = plan.combines().toArray(Combine[]::new);
        this.context = context;
        for (int part = 0; part < COUNT; part++) {
            chunks.add(new ArrayList<>());
        }
        this.recentKeys = new long[words][RECENT];
        context.reserve((12L + 8L * words) * RECENT);
    }

    /// The partition of keys with this hash.
    static int partOf(int hash) {
        return hash >>> 24;
    }

    /// Where the rows of a batch stood.
    ///
    /// @param first where the first row did, and the others behind it
    /// @param each where each row did; null where they follow one another
    record Places(long first, long @Nullable [] each) {
        long of(int row) {
            return each == null ? first + row : each[row];
        }
    }

    /// Adds rows: `ids[k][row]` is the id of key `k`, and `hashes[k]` has the hash of each such id.
    void add(int[][] ids, int[][] hashes, int rowCount, Places places, Vector.Longs[] values) {
        pack(ids, hashes, rowCount);
        fillHeads(values, rowCount);
        for (int i = 0; i < rowCount; i++) {
            int recent = (keyHashes[i] >>> 8) & (RECENT - 1);
            boolean isSame = recentKeys[0][recent] == batchKeys[0][i];
            for (int w = 1; w < words; w++) {
                isSame &= recentKeys[w][recent] == batchKeys[w][i];
            }
            if (!isSame || !isCombined(recent, i, heads[i], values)) {
                append(recent, i, places.of(i), heads[i], values);
            } else if (headAt > words && places.each() != null) {
                int at = recentPlaces[recent] + words;
                recentChunks[recent][at] = Math.min(recentChunks[recent][at], places.of(i));
            }
        }
    }

    /// Puts keys, two ids to a long, and their hashes side by side.
    private void pack(int[][] ids, int[][] hashes, int rowCount) {
        if (keyHashes.length < rowCount) {
            keyHashes = new int[rowCount];
            partHashes = new int[rowCount];
            batchKeys = new long[words][rowCount];
        }
        Arrays.fill(keyHashes, 0, rowCount, 0);
        for (int k = 0; k < ids.length; k++) {
            mix(ids[k], hashes[k], rowCount, keyHashes);
            if (k == deciding - 1) {
                System.arraycopy(keyHashes, 0, partHashes, 0, rowCount);
            }
        }
        for (int w = 0; w < words; w++) {
            pack(
                    ids[2 * w],
                    2 * w + 1 < ids.length ? ids[2 * w + 1] : null,
                    rowCount,
                    batchKeys[w]);
        }
    }

    private static void mix(int[] ids, int[] hashes, int rowCount, int[] keyHashes) {
        for (int i = 0; i < rowCount; i++) {
            keyHashes[i] = KeyHashes.mixed(keyHashes[i], hashes[ids[i]]);
        }
    }

    private static void pack(int[] high, int @Nullable [] low, int rowCount, long[] key) {
        if (low == null) {
            for (int i = 0; i < rowCount; i++) {
                key[i] = (long) high[i] << 32;
            }
            return;
        }
        for (int i = 0; i < rowCount; i++) {
            key[i] = (long) high[i] << 32 | low[i];
        }
    }

    /// One row each, with a bit for each value that is NULL.
    private void fillHeads(Vector.Longs[] values, int rowCount) {
        heads = heads.length < rowCount ? new long[rowCount] : heads;
        Arrays.fill(heads, 0, rowCount, 1);
        for (int v = 0; v < values.length; v++) {
            boolean[] nulls = values[v].nulls();
            for (int i = 0; nulls != null && i < rowCount; i++) {
                heads[i] |= nulls[i] ? 1L << (NULLS_SHIFT + v) : 0;
            }
        }
    }

    private void append(int recent, int i, long position, long head, Vector.Longs[] values) {
        int part = partOf(partHashes[i]);
        long[] chunk = open[part];
        int at = ends[part];
        if (at == chunk.length) {
            context.reserve(8L * CHUNK_ROWS * width);
            chunk = new long[CHUNK_ROWS * width];
            chunks.get(part).add(chunk);
            open[part] = chunk;
            at = 0;
        }
        ends[part] = at + width;
        recentChunks[recent] = chunk;
        recentPlaces[recent] = at;
        for (int w = 0; w < words; w++) {
            long key = batchKeys[w][i];
            recentKeys[w][recent] = key;
            chunk[at + w] = key;
        }
        if (headAt > words) {
            chunk[at + words] = position;
        }
        if (valuesAt > headAt) {
            chunk[at + headAt] = head;
        }
        for (int v = 0; v < values.length; v++) {
            boolean isNull = head >>> (NULLS_SHIFT + v) != 0 && values[v].isNull(i);
            chunk[at + valuesAt + v] = isNull ? 0 : values[v].values()[i];
        }
    }

    /// Adds a row to a recent one with its key, if none has a NULL and sums do not overflow.
    private boolean isCombined(int recent, int i, long head, Vector.Longs[] values) {
        long[] chunk = recentChunks[recent];
        if (chunk.length == 0 || valuesAt == headAt) {
            return chunk.length > 0;
        }
        int at = recentPlaces[recent] + headAt;
        if (head != 1 || chunk[at] >>> NULLS_SHIFT != 0) {
            return false;
        }
        for (int v = 0; v < values.length; v++) {
            long old = chunk[at + 1 + v];
            long value = values[v].values()[i];
            long sum = old + value;
            if (combines[v] == Combine.SUM && ((old ^ sum) & (value ^ sum)) < 0) {
                return false;
            }
        }
        chunk[at]++;
        for (int v = 0; v < values.length; v++) {
            long old = chunk[at + 1 + v];
            long value = values[v].values()[i];
            chunk[at + 1 + v] =
                    switch (combines[v]) {
                        case SUM -> old + value;
                        case MIN -> Math.min(old, value);
                        case MAX -> Math.max(old, value);
                    };
        }
        return true;
    }

    /// Gives the rows of a partition to `reader`, chunk by chunk, and keeps them.
    void forEach(int part, Reader reader) {
        List<long[]> all = chunks.get(part);
        for (int i = 0; i < all.size(); i++) {
            boolean isLast = i == all.size() - 1;
            reader.read(new Rows(all.get(i), isLast ? ends[part] / width : CHUNK_ROWS, this));
        }
    }

    /// How many rows partition `part` has.
    int rowCount(int part) {
        int full = chunks.get(part).size() - 1;
        return full < 0 ? 0 : full * CHUNK_ROWS + ends[part] / width;
    }

    /// Lets the rows of a partition go.
    void release(int part) {
        List<long[]> all = chunks.get(part);
        context.reserve(-8L * CHUNK_ROWS * width * all.size());
        all.clear();
        open[part] = new long[0];
        ends[part] = 0;
    }

    /// Who reads rows.
    @FunctionalInterface
    interface Reader {
        void read(Rows rows);
    }

    /// Rows of one chunk.
    record Rows(long[] longs, int count, GroupPartitions owner) {
        /// How many longs a row has.
        int width() {
            return owner.width;
        }

        /// Where the row that begins at `at` stood; 0 where nobody asks.
        long position(int at) {
            return owner.headAt > owner.words ? longs[at + owner.words] : 0;
        }

        /// Replaces the ids of key `k` by those of `mapping`.
        void map(int k, int[] mapping) {
            int shift = k % 2 == 0 ? 32 : 0;
            for (int i = 0, at = k / 2; i < count; i++, at += owner.width) {
                int id = mapping[(int) (longs[at] >>> shift)];
                longs[at] = (longs[at] & ~(0xffff_ffffL << shift)) | (long) id << shift;
            }
        }

        /// How many rows each row is.
        void weights(long[] weights) {
            for (int i = 0, at = owner.headAt; i < count; i++, at += owner.width) {
                weights[i] = longs[at] & WEIGHT_MASK;
            }
        }

        /// The values of number `v`.
        Vector.Longs values(int v) {
            long[] values = new long[count];
            long some = 0;
            for (int i = 0, at = owner.headAt; i < count; i++, at += owner.width) {
                values[i] = longs[at + 1 + v];
                some |= longs[at] >>> (NULLS_SHIFT + v);
            }
            return new Vector.Longs(values, (some & 1) == 0 ? null : nulls(v));
        }

        private boolean[] nulls(int v) {
            boolean[] nulls = new boolean[count];
            for (int i = 0, at = owner.headAt; i < count; i++, at += owner.width) {
                nulls[i] = (longs[at] >>> (NULLS_SHIFT + v) & 1) != 0;
            }
            return nulls;
        }
    }
}
