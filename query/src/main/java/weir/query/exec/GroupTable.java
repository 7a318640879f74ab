// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.vector.Vector;

/// Numbers the distinct keys of a grouping from 0 in order of arrival. One key needs an array over
/// its ids; more are packed two ids to a long and found by linear probing. Belongs to one thread.
///
/// It remembers where the first row of each group stood, so that groups can be put in that order
/// whatever thread saw them.
final class GroupTable {
    private static final long HASH_MASK = 0xffff_ffff_0000_0000L;

    private final QueryContext context;
    private final List<ValueIds> keys;
    private final int words;
    private int groupCount;
    private long[] firstPositions = new long[64];

    /// The groups by their first rows; null while that is the order of their numbers.
    private int @Nullable [] order;

    /// Whether rows came that stand before others.
    private boolean isLate;

    /// One key: by id, the group + 1.
    private int[] groupOfId = new int[64];

    /// `words` longs for each group: its ids, two to a long.
    private long[] packed;

    /// More keys: 32 bits of the hash above the group + 1; 0 is empty. With the hash at hand a new
    /// key is known to be new without a look at others, and growing reads nothing but slots.
    private long[] slots = new long[256];

    /// @param keys the numbering of each key's values; several keys may share one
    GroupTable(List<ValueIds> keys, QueryContext context) {
        this.keys = List.copyOf(keys);
        this.context = context;
        this.words = (keys.size() + 1) / 2;
        this.packed = new long[64 * words];
    }

    int groupCount() {
        return groupCount;
    }

    /// Makes room for so many groups at once.
    void expect(int groups) {
        int size = Math.max(slots.length, 2 * Integer.highestOneBit(Math.max(1, groups)));
        context.reserve(8L * (size - slots.length));
        slots = new long[size];
    }

    /// Where the first rows of the groups `order[from..from + count)` stood.
    long[] firstPositions(int[] order, int from, int count) {
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            positions[i] = firstPositions[order[from + i]];
        }
        return positions;
    }

    /// The hash of the first `keyCount` values of the key of a group by the hashes of each.
    int hashOf(int group, int keyCount, int[][] hashes) {
        int hash = 0;
        for (int k = 0; k < keyCount; k++) {
            hash = KeyHashes.mixed(hash, hashes[k][id(group, k)]);
        }
        return hash;
    }

    /// Puts the group of each row into `groups`; rows may come in any order.
    void groupsOf(GroupPartitions.Rows rows, int[] groups) {
        long[] longs = rows.longs();
        long[] key = new long[words];
        for (int i = 0, at = 0; i < rows.count(); i++, at += rows.width()) {
            for (int w = 0; w < words; w++) {
                key[w] = longs[at + w];
            }
            long position = rows.position(at);
            int group = groupOf(key, position);
            firstPositions[group] = Math.min(firstPositions[group], position);
            groups[i] = group;
        }
    }

    /// Adds group `group` of `other`, whose ids become those of `mappings` (null: stay as they
    /// are), and gives its group here. Groups may come in any order.
    int add(GroupTable other, int group, @Nullable List<int[]> mappings) {
        long position = other.firstPositions[group];
        int here = groupLike(other, group, mappings, new long[words], position);
        firstPositions[here] = Math.min(firstPositions[here], position);
        return here;
    }

    /// Makes the one group of a grouping without keys, row or not.
    void addOnlyGroup() {
        if (groupCount == 0) {
            order = null;
            addGroup(0);
        }
    }

    /// Puts the group of each row into `groups`; row `i` stands at `positions[i]`, or where that is
    /// null at `firstPosition + i`.
    void groupsOf(
            Vector[] keyVectors,
            int rowCount,
            long firstPosition,
            long @Nullable [] positions,
            int[] groups) {
        if (keys.isEmpty()) {
            addOnlyGroup();
            Arrays.fill(groups, 0, rowCount, 0);
            return;
        }
        int[][] ids = idsOf(keyVectors, rowCount, groups);
        if (ids.length == 1) {
            groupOfId = grown(groupOfId, keys.getFirst().size());
            for (int row = 0; row < rowCount; row++) {
                groups[row] =
                        groupOf(
                                groups[row],
                                positions == null ? firstPosition + row : positions[row]);
            }
        } else {
            long[] key = new long[words];
            for (int row = 0; row < rowCount; row++) {
                pack(ids, row, key);
                groups[row] =
                        groupOf(key, positions == null ? firstPosition + row : positions[row]);
            }
        }
        if (positions != null) {
            comeLate(groups, rowCount, positions);
        }
    }

    /// Rows may have come that stand before the first rows of their groups so far.
    private void comeLate(int[] groups, int rowCount, long[] positions) {
        isLate = true;
        for (int row = 0; row < rowCount; row++) {
            int group = groups[row];
            firstPositions[group] = Math.min(firstPositions[group], positions[row]);
        }
    }

    /// The ids of each key; those of the first stand in `first`.
    int[][] idsOf(Vector[] keyVectors, int rowCount, int[] first) {
        int[][] ids = new int[keyVectors.length][];
        for (int k = 0; k < ids.length; k++) {
            ids[k] = k == 0 ? first : new int[rowCount];
            keys.get(k).idsOf(keyVectors[k], rowCount, ids[k]);
        }
        return ids;
    }

    /// Puts the group of each row into `groups`, -1 where there is none; adds nothing, so that many
    /// threads may ask once nobody adds. `ids` has one array for each key, whose negative entries
    /// are of values that no row had.
    void find(int[][] ids, int rowCount, int[] groups) {
        long[] key = new long[words];
        for (int row = 0; row < rowCount; row++) {
            boolean isKnown = true;
            for (int[] one : ids) {
                isKnown &= one[row] >= 0;
            }
            if (!isKnown) {
                groups[row] = -1;
            } else if (ids.length == 1) {
                int id = ids[0][row];
                groups[row] = id < groupOfId.length ? groupOfId[id] - 1 : -1;
            } else {
                pack(ids, row, key);
                groups[row] = find(key);
            }
        }
    }

    private void pack(int[][] ids, int row, long[] key) {
        for (int w = 0; w < words; w++) {
            int second = 2 * w + 1 < ids.length ? ids[2 * w + 1][row] : 0;
            key[w] = ((long) ids[2 * w][row] << 32) | second;
        }
    }

    private int find(long[] key) {
        long hash = hash(key);
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        long entry = slots[slot];
        while (entry != 0) {
            int group = (int) entry - 1;
            if (((entry ^ hash) >>> 32) == 0 && isKey(group, key)) {
                return group;
            }
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return -1;
    }

    private int groupOf(int id, long position) {
        int group = groupOfId[id];
        if (group == 0) {
            group = addGroup(position) + 1;
            groupOfId[id] = group;
            ensurePacked();
            packed[group - 1] = (long) id << 32;
        }
        return group - 1;
    }

    private void ensurePacked() {
        if (groupCount * words > packed.length) {
            context.reserve(8L * packed.length);
            packed = Arrays.copyOf(packed, 2 * packed.length);
        }
    }

    private int[] grown(int[] array, int size) {
        if (size <= array.length) {
            return array;
        }
        int length = Math.max(size, 2 * array.length);
        context.reserve(4L * (length - array.length));
        return Arrays.copyOf(array, length);
    }

    private int groupOf(long[] key, long position) {
        long hash = hash(key);
        long[] table = slots;
        int mask = table.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        long entry = table[slot];
        while (entry != 0) {
            int group = (int) entry - 1;
            if (((entry ^ hash) >>> 32) == 0 && isKey(group, key)) {
                return group;
            }
            slot = (slot + 1) & mask;
            entry = table[slot];
        }
        int group = addGroup(position);
        ensurePacked();
        System.arraycopy(key, 0, packed, group * words, words);
        table[slot] = (hash & HASH_MASK) | (group + 1);
        if (2 * groupCount > slots.length) {
            rehash();
        }
        return group;
    }

    private boolean isKey(int group, long[] key) {
        for (int w = 0; w < words; w++) {
            if (packed[group * words + w] != key[w]) {
                return false;
            }
        }
        return true;
    }

    /// Only the upper 32 bits are used: a multiplication mixes upwards.
    private static long hash(long[] key) {
        long hash = 0;
        for (long word : key) {
            hash = (hash ^ (hash >>> 32) ^ word) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ (hash >>> 32)) * 0xC2B2AE3D27D4EB4FL;
        }
        return hash;
    }

    private void rehash() {
        context.reserve(8L * slots.length);
        long[] grown = new long[2 * slots.length];
        int mask = grown.length - 1;
        for (long entry : slots) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (grown[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                grown[slot] = entry;
            }
        }
        slots = grown;
    }

    private int addGroup(long position) {
        if (groupCount == firstPositions.length) {
            context.reserve(8L * groupCount);
            firstPositions = Arrays.copyOf(firstPositions, 2 * groupCount);
        }
        firstPositions[groupCount] = position;
        return groupCount++;
    }

    private int id(int group, int key) {
        long word = packed[group * words + key / 2];
        return key % 2 == 0 ? (int) (word >>> 32) : (int) word;
    }

    /// Adds the groups of `other`, whose ids become those of `mappings` (one for each key), and
    /// gives for each of its groups the group here.
    int[] merge(GroupTable other, List<int[]> mappings) {
        int[] mine = inOrder();
        int[] theirs = other.inOrder();
        context.reserve(8L * theirs.length);
        int[] groups = new int[theirs.length];
        int[] moved = new int[theirs.length];
        int movedCount = 0;
        if (keys.size() == 1) {
            groupOfId = grown(groupOfId, keys.getFirst().size());
        }
        long[] key = new long[words];
        for (int group : theirs) {
            context.checkAt(group);
            long position = other.firstPositions[group];
            int known = groupCount;
            int here = groupLike(other, group, mappings, key, position);
            if (here == known || position < firstPositions[here]) {
                firstPositions[here] = position;
                moved[movedCount++] = here;
            }
            groups[group] = here;
        }
        order = merged(mine, Arrays.copyOf(moved, movedCount));
        context.reserve(-8L * theirs.length);
        return groups;
    }

    /// The group here of the key that group `group` has in `other`.
    private int groupLike(
            GroupTable other,
            int group,
            @Nullable List<int[]> mappings,
            long[] key,
            long position) {
        if (keys.isEmpty()) {
            addOnlyGroup();
            return 0;
        }
        if (keys.size() == 1) {
            int id = other.id(group, 0);
            return groupOf(mappings == null ? id : mappings.getFirst()[id], position);
        }
        Arrays.fill(key, 0);
        for (int k = 0; k < keys.size(); k++) {
            int known = other.id(group, k);
            long id = mappings == null ? known : mappings.get(k)[known];
            key[k / 2] |= k % 2 == 0 ? id << 32 : id;
        }
        return groupOf(key, position);
    }

    /// All groups by their first rows: `moved`, which have come or come earlier now, among the
    /// others of `known`; both stand in order.
    private int[] merged(int[] known, int[] moved) {
        boolean[] isMoved = new boolean[groupCount];
        for (int group : moved) {
            isMoved[group] = true;
        }
        int[] all = new int[groupCount];
        int next = 0;
        int count = 0;
        for (int group : known) {
            if (!isMoved[group]) {
                while (next < moved.length && firstPositions[moved[next]] < firstPositions[group]) {
                    all[count++] = moved[next++];
                }
                all[count++] = group;
            }
        }
        System.arraycopy(moved, next, all, count, moved.length - next);
        return all;
    }

    /// The groups in order of their first row, which is that of their numbers unless other tables
    /// were merged, or rows came with positions: else they come by ascending ones.
    int[] inOrder() {
        int[] known = order;
        if (known != null) {
            return known;
        }
        if (isLate) {
            return PositionedRows.sorted(Arrays.copyOf(firstPositions, groupCount));
        }
        int[] numbers = new int[groupCount];
        Arrays.setAll(numbers, group -> group);
        return numbers;
    }

    /// The values of key `key` of the groups `order[from..from + count)`.
    Vector keyValues(int key, int[] order, int from, int count) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = id(order[from + i], key);
        }
        return keys.get(key).values(ids, 0, count);
    }
}
