// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import weir.engine.memory.KeyHash;

/// The tokens met so far in the columns of one dictionary of a segment, and the id of each: a value
/// is checked, decoded and entered in the dictionary only when its spelling is new. Confined to one
/// thread.
/* Open addressing with linear probing. A slot is four longs: the token's first 24 bytes, and its
size with its id. A longer token keeps its first and last eight bytes and a hash of all in the
slot, and its bytes in an arena to compare. Masks cut off what was loaded behind the token, so a
lookup has no loop over bytes. The hash multiplies by numbers that are others in every process, and
turns the products so that their good bits lie apart: nobody can write logs whose tokens all
collide. */
abstract sealed class TokenTable permits AddressTokens, TextTokens {
    /// Bytes that are read behind a token, and ignored.
    static final int SLACK_BYTES = 24;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INLINE_BYTES = 24;
    private static final int SLOT_LONGS = 4;
    private static final int FIRST_SLOTS = 1 << 8;
    private static final long ID_MASK = 0xffff_ffffL;
    private static final long[] MASK_0 = masks(0);
    private static final long[] MASK_1 = masks(8);
    private static final long[] MASK_2 = masks(16);
    private static final long FACTOR_0 = KeyHash.of(0) | 1;
    private static final long FACTOR_1 = KeyHash.of(1) | 1;
    private static final long FACTOR_2 = KeyHash.of(2) | 1;
    private static final long FACTOR_ALL = KeyHash.of(3) | 1;

    private long[] slots = new long[FIRST_SLOTS * SLOT_LONGS];
    private int shift = 64 - Integer.numberOfTrailingZeros(FIRST_SLOTS);
    private int used;
    private int[] longTextAt = new int[0];
    private byte[] longTexts = new byte[0];
    private int longTextsSize;
    private long heldBytes;

    TokenTable() {
        addAbsent();
    }

    private static long[] masks(int from) {
        long[] masks = new long[INLINE_BYTES + 1];
        for (int size = 0; size <= INLINE_BYTES; size++) {
            int bytes = Math.clamp(size - from, 0, 8);
            masks[size] = bytes == 8 ? -1L : (1L << (8 * bytes)) - 1;
        }
        return masks;
    }

    /// `-` is id 0: absent.
    private void addAbsent() {
        insert('-', 0, 0, 1, 0);
    }

    /// The id of a token that was not met before; -1 when it is no allowed value.
    abstract int admit(byte[] bytes, int from, int to);

    /// Roughly the memory that tokens and their values take.
    final long heldBytes() {
        return heldBytes;
    }

    /// Reads one column of a run of lines: ids go to `ids[first + r]`; where the token is no
    /// allowed value, `run.bad[r]` becomes 1. Gives whether there was such a row.
    final boolean read(byte[] bytes, TokenRun run, int field, int[] ids, int first) {
        int[] positions = run.positions;
        byte[] bad = run.bad;
        int stride = run.stride;
        int rows = run.rows;
        int trim = run.trim(field);
        int at = run.base + field;
        int badCount = 0;
        long[] table = slots;
        long lastKey0 = '-';
        long lastKey1 = 0;
        long lastKey2 = 0;
        int lastSize = 1;
        int lastId = 0;
        for (int row = 0; row < rows; row++, at += stride) {
            int start = positions[at] + 1;
            int size = positions[at + 1] - trim - start;
            int id;
            if (isInline(size)) {
                long key0 = word(bytes, start, MASK_0[size]);
                long key1 = word(bytes, start + 8, MASK_1[size]);
                long key2 = word(bytes, start + 16, MASK_2[size]);
                if (key1 == lastKey1 && key0 == lastKey0 && key2 == lastKey2 && size == lastSize) {
                    id = lastId;
                } else {
                    int slot = (int) (hash(key0, key1, key2) >>> shift) * SLOT_LONGS;
                    if (isSlot(table, slot, key0, key1, key2, size)) {
                        id = (int) table[slot + 3];
                    } else {
                        id = probe(bytes, start, size, key0, key1, key2);
                        table = slots;
                    }
                    lastKey0 = key0;
                    lastKey1 = key1;
                    lastKey2 = key2;
                    lastSize = size;
                    lastId = id;
                }
            } else {
                id = idOf(bytes, start, start + size);
                table = slots;
            }
            if (id < 0) {
                bad[row] = 1;
                badCount++;
                id = 0;
            }
            ids[first + row] = id;
        }
        return badCount != 0;
    }

    /// The same where another column, whose ids stand in `guides` already, mostly says what the
    /// token is.
    final boolean readGuided(
            byte[] bytes,
            TokenRun run,
            int field,
            int[] ids,
            int first,
            int[] guides,
            TokenMemo memo) {
        int trim = run.trim(field);
        int badCount = 0;
        long[] known = memo.slotsFor(0);
        for (int row = 0; row < run.rows; row++) {
            int start = run.tokenStart(row, field);
            int size = run.positions[run.base + row * run.stride + field + 1] - trim - start;
            int at = guides[first + row] * TokenMemo.SLOT_LONGS;
            if (at >= known.length) {
                known = memo.slotsFor(guides[first + row]);
            }
            int id;
            if (!isInline(size) || at >= known.length) {
                id = idOf(bytes, start, start + size);
            } else {
                long key0 = word(bytes, start, MASK_0[size]);
                long key1 = word(bytes, start + 8, MASK_1[size]);
                long key2 = word(bytes, start + 16, MASK_2[size]);
                if (isSlot(known, at, key0, key1, key2, size)) {
                    id = (int) known[at + 3];
                } else {
                    id = probe(bytes, start, size, key0, key1, key2);
                    if (id >= 0) {
                        known[at] = key0;
                        known[at + 1] = key1;
                        known[at + 2] = key2;
                        known[at + 3] = (long) size << 32 | id;
                    }
                }
            }
            if (id < 0) {
                run.bad[row] = 1;
                badCount++;
                id = 0;
            }
            ids[first + row] = id;
        }
        return badCount != 0;
    }

    /// The same where another column of this dictionary, at field `twin` and with its ids in
    /// `twinIds` already, mostly has the same token.
    final boolean readTwin(
            byte[] bytes, TokenRun run, int field, int[] ids, int first, int twin, int[] twinIds) {
        int trim = run.trim(field);
        int twinTrim = run.trim(twin);
        int badCount = 0;
        for (int row = 0; row < run.rows; row++) {
            int at = run.base + row * run.stride;
            int start = run.positions[at + field] + 1;
            int size = run.positions[at + field + 1] - trim - start;
            int twinStart = run.positions[at + twin] + 1;
            int twinSize = run.positions[at + twin + 1] - twinTrim - twinStart;
            int id =
                    size == twinSize && isSame(bytes, start, twinStart, size)
                            ? twinIds[first + row]
                            : idOf(bytes, start, start + size);
            if (id < 0) {
                run.bad[row] = 1;
                badCount++;
                id = 0;
            }
            ids[first + row] = id;
        }
        return badCount != 0;
    }

    private static boolean isSame(byte[] bytes, int a, int b, int size) {
        return isInline(size)
                && ((word(bytes, a, MASK_0[size]) ^ word(bytes, b, MASK_0[size]))
                                | (word(bytes, a + 8, MASK_1[size])
                                        ^ word(bytes, b + 8, MASK_1[size]))
                                | (word(bytes, a + 16, MASK_2[size])
                                        ^ word(bytes, b + 16, MASK_2[size])))
                        == 0;
    }

    /// Whether a token of `size` bytes is in its slot with all of them.
    private static boolean isInline(int size) {
        return size >= 1 && size <= INLINE_BYTES;
    }

    /// Eight bytes of a token, of which `mask` leaves those that are part of it.
    private static long word(byte[] bytes, int at, long mask) {
        return (long) LONG.get(bytes, at) & mask;
    }

    /// Whether the slot at `slot` has these words and this size: all are compared before anything
    /// is decided, since which one differs is mispredicted.
    private static boolean isSlot(
            long[] slots, int slot, long key0, long key1, long key2, int size) {
        long differing =
                (slots[slot] ^ key0)
                        | (slots[slot + 1] ^ key1)
                        | (slots[slot + 2] ^ key2)
                        | ((slots[slot + 3] >>> 32) ^ size);
        return differing == 0;
    }

    /// The id of the token `bytes[from, to)`, or -1 when it is no allowed value.
    final int idOf(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size < 1) {
            return -1;
        }
        if (size > INLINE_BYTES) {
            return probe(
                    bytes,
                    from,
                    size,
                    word(bytes, from, -1),
                    word(bytes, to - 8, -1),
                    KeyHash.of(bytes, from, to));
        }
        return probe(
                bytes,
                from,
                size,
                word(bytes, from, MASK_0[size]),
                word(bytes, from + 8, MASK_1[size]),
                word(bytes, from + 16, MASK_2[size]));
    }

    /// Mixes the three words of a slot; the high bits are the good ones.
    private static long hash(long key0, long key1, long key2) {
        long hash =
                key0 * FACTOR_0
                        ^ Long.rotateLeft(key1 * FACTOR_1, 31)
                        ^ Long.rotateLeft(key2 * FACTOR_2, 17);
        return (hash ^ hash >>> 32) * FACTOR_ALL;
    }

    private int probe(byte[] bytes, int start, int size, long key0, long key1, long key2) {
        int mask = slots.length - 1;
        int slot = (int) (hash(key0, key1, key2) >>> shift) * SLOT_LONGS;
        while (true) {
            long meta = slots[slot + 3];
            if (meta == 0) {
                return enter(bytes, start, size, key0, key1, key2);
            }
            if (isSlot(slots, slot, key0, key1, key2, size)
                    && (size <= INLINE_BYTES || isLongText(slot, bytes, start, size))) {
                return (int) (meta & ID_MASK);
            }
            slot = slot + SLOT_LONGS & mask;
        }
    }

    private boolean isLongText(int slot, byte[] bytes, int start, int size) {
        int at = longTextAt[slot / SLOT_LONGS];
        return Arrays.equals(longTexts, at, at + size, bytes, start, start + size);
    }

    private int enter(byte[] bytes, int start, int size, long key0, long key1, long key2) {
        int id = admit(bytes, start, start + size);
        if (id < 0) {
            return -1;
        }
        heldBytes += size + 2L * 8 * SLOT_LONGS;
        int slot = insert(key0, key1, key2, size, id);
        if (size > INLINE_BYTES) {
            keepLongText(slot, bytes, start, size);
        }
        if (2 * used > slots.length / SLOT_LONGS) {
            grow();
        }
        return id;
    }

    private int insert(long key0, long key1, long key2, int size, int id) {
        int mask = slots.length - 1;
        int slot = (int) (hash(key0, key1, key2) >>> shift) * SLOT_LONGS;
        while (slots[slot + 3] != 0) {
            slot = slot + SLOT_LONGS & mask;
        }
        slots[slot] = key0;
        slots[slot + 1] = key1;
        slots[slot + 2] = key2;
        slots[slot + 3] = (long) size << 32 | id;
        used++;
        return slot;
    }

    private void keepLongText(int slot, byte[] bytes, int start, int size) {
        if (longTextAt.length < slots.length / SLOT_LONGS) {
            longTextAt = Arrays.copyOf(longTextAt, slots.length / SLOT_LONGS);
        }
        if (longTexts.length < longTextsSize + size) {
            longTexts = Arrays.copyOf(longTexts, Math.max(1 << 12, 2 * (longTextsSize + size)));
        }
        System.arraycopy(bytes, start, longTexts, longTextsSize, size);
        longTextAt[slot / SLOT_LONGS] = longTextsSize;
        longTextsSize += size;
        heldBytes += 2L * size;
    }

    private void grow() {
        long[] old = slots;
        int[] oldTextAt = longTextAt;
        slots = new long[2 * old.length];
        longTextAt = oldTextAt.length == 0 ? oldTextAt : new int[slots.length / SLOT_LONGS];
        shift--;
        used = 0;
        for (int from = 0; from < old.length; from += SLOT_LONGS) {
            long meta = old[from + 3];
            if (meta != 0) {
                int size = (int) (meta >>> 32);
                int slot =
                        insert(
                                old[from],
                                old[from + 1],
                                old[from + 2],
                                size,
                                (int) (meta & ID_MASK));
                if (size > INLINE_BYTES) {
                    longTextAt[slot / SLOT_LONGS] = oldTextAt[from / SLOT_LONGS];
                }
            }
        }
    }
}
