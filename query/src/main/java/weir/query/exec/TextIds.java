// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.query.type.BasicType;
import weir.query.type.SqlType;

/// Ids of texts or addresses. A code of a dictionary is looked up once and remembered, so rows cost
/// one array access. Addresses stand as two longs even where the column is VARCHAR: the text of an
/// address is made only when a result shows it, and a text that is the canonical spelling of an
/// address shares that address's id.
final class TextIds extends ValueIds {
    /// Dictionaries whose codes are remembered at once.
    private static final int REMEMBERED_MAX = 8;

    private final boolean isAddress;
    private final QueryContext context;
    private final IdentityHashMap<Dictionary, int[]> idsOfCodes = new IdentityHashMap<>();
    private final Map<String, Integer> idsOfTexts = new HashMap<>();

    /// By id: its text, or null where the id is an address or NULL.
    private final List<@Nullable String> texts = new ArrayList<>();

    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] slots = new int[256];
    private int addressCount;
    private long textBytes;
    private final Dictionary asDictionary = new IdDictionary();

    TextIds(SqlType type, QueryContext context) {
        this.isAddress = type == BasicType.IPADDRESS;
        this.context = context;
        texts.add(null);
    }

    @Override
    void idsOf(Vector vector, int rowCount, int[] ids) {
        if (!(vector instanceof Vector.Codes codes)) {
            for (int row = 0; row < rowCount; row++) {
                ids[row] = idOf(((Vector.Objects) vector).values()[row]);
            }
            return;
        }
        Dictionary dictionary = codes.dictionary();
        int[] known = idsOfCodes.get(dictionary);
        if (known == null) {
            known = remember(dictionary);
        }
        int[] from = codes.codes();
        for (int row = 0; row < rowCount; row++) {
            int id = known[from[row]];
            if (id < 0) {
                id = idOfCode(dictionary, from[row]);
                known[from[row]] = id;
            }
            ids[row] = id;
        }
    }

    private int[] remember(Dictionary dictionary) {
        if (idsOfCodes.size() == REMEMBERED_MAX) {
            idsOfCodes.values().forEach(ids -> context.reserve(-4L * ids.length));
            idsOfCodes.clear();
        }
        context.reserve(4L * dictionary.size());
        int[] known = new int[dictionary.size()];
        Arrays.fill(known, -1);
        idsOfCodes.put(dictionary, known);
        return known;
    }

    private int idOfCode(Dictionary dictionary, int code) {
        if (dictionary.isAddresses() || isAddress) {
            IpAddress address = dictionary.address(code);
            if (address != null) {
                return idOfAddress(address.high(), address.low());
            }
            if (isAddress) {
                return 0;
            }
        }
        return idOf(dictionary.text(code));
    }

    @Override
    int idOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case IpAddress address -> idOfAddress(address.high(), address.low());
            default -> idOfText((String) value);
        };
    }

    private int idOfText(String text) {
        Integer known = idsOfTexts.get(text);
        if (known != null) {
            return known;
        }
        IpAddress address = looksLikeAddress(text) ? IpAddress.parse(text) : null;
        if (address != null && address.toString().equals(text)) {
            return idOfAddress(address.high(), address.low());
        }
        int id = add(0, 0, text);
        context.reserve(100 + 2L * text.length());
        textBytes += 100 + 2L * text.length();
        idsOfTexts.put(text, id);
        return id;
    }

    private static boolean looksLikeAddress(String text) {
        return text.length() >= 2
                && text.length() <= 45
                && (text.indexOf('.') > 0 || text.indexOf(':') >= 0)
                && (Character.digit(text.charAt(0), 16) >= 0 || text.charAt(0) == ':');
    }

    private int idOfAddress(long high, long low) {
        int slot = slotOf(high, low);
        while (slots[slot] != 0) {
            int id = slots[slot];
            if (lows[id] == low && highs[id] == high) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = add(high, low, null);
        slots[slot] = id;
        if (2 * ++addressCount > slots.length) {
            rehash();
        }
        return id;
    }

    private int add(long high, long low, @Nullable String text) {
        int id = texts.size();
        if (id == highs.length) {
            context.reserve(24L * id);
            highs = Arrays.copyOf(highs, 2 * id);
            lows = Arrays.copyOf(lows, 2 * id);
        }
        highs[id] = high;
        lows[id] = low;
        texts.add(text);
        return id;
    }

    private int slotOf(long high, long low) {
        return mixed(high, low) & (slots.length - 1);
    }

    private static int mixed(long high, long low) {
        long mixed = ((high * 0xC2B2AE3D27D4EB4FL) ^ low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    private void rehash() {
        context.reserve(4L * slots.length);
        int[] old = slots;
        slots = new int[2 * old.length];
        for (int id : old) {
            if (id != 0) {
                int slot = slotOf(highs[id], lows[id]);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = id;
            }
        }
    }

    @Override
    int size() {
        return texts.size();
    }

    @Override
    @Nullable Object value(int id) {
        return isAddress ? address(id) : text(id);
    }

    @Override
    int hashOf(int id) {
        if (id == 0) {
            return 0;
        }
        String text = isAddressId(id) ? null : texts.get(id);
        return text == null ? mixed(highs[id], lows[id]) : text.hashCode() * 0x9E3779B1;
    }

    private @Nullable String text(int id) {
        String text = texts.get(id);
        IpAddress address = text == null ? address(id) : null;
        if (address != null) {
            text = address.toString();
            texts.set(id, text);
        }
        return text;
    }

    private @Nullable IpAddress address(int id) {
        return id == 0 ? null : new IpAddress(highs[id], lows[id]);
    }

    /// Whether an id that is not NULL stands for an address.
    private boolean isAddressId(int id) {
        return (highs[id] | lows[id]) != 0 || texts.get(id) == null;
    }

    @Override
    int[] merge(ValueIds other, QueryContext context) {
        TextIds texts = (TextIds) other;
        int[] mapping = new int[texts.size()];
        for (int id = 1; id < mapping.length; id++) {
            context.checkAt(id);
            mapping[id] =
                    texts.isAddressId(id)
                            ? idOfAddress(texts.highs[id], texts.lows[id])
                            : idOf(texts.text(id));
        }
        return mapping;
    }

    @Override
    Vector values(int[] ids, int from, int count) {
        return new Vector.Codes(Arrays.copyOfRange(ids, from, from + count), asDictionary);
    }

    @Override
    IdLookup lookup() {
        return new CodeLookup();
    }

    /// The id of a text or address, [IdLookup#MISSING] when it has none. Changes nothing.
    private int find(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof IpAddress address) {
            return findAddress(address);
        }
        String text = (String) value;
        Integer known = idsOfTexts.get(text);
        if (known != null) {
            return known;
        }
        IpAddress address = looksLikeAddress(text) ? IpAddress.parse(text) : null;
        return address != null && address.toString().equals(text)
                ? findAddress(address)
                : IdLookup.MISSING;
    }

    private int findAddress(IpAddress address) {
        int slot = slotOf(address.high(), address.low());
        while (slots[slot] != 0) {
            int id = slots[slot];
            if (lows[id] == address.low() && highs[id] == address.high()) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return IdLookup.MISSING;
    }

    private int findCode(Dictionary dictionary, int code) {
        if (isAddress) {
            return find(dictionary.address(code));
        }
        if (dictionary.isAddresses()) {
            IpAddress address = dictionary.address(code);
            if (address != null) {
                return findAddress(address);
            }
        }
        return find(dictionary.text(code));
    }

    /// Finds ids and remembers those of the codes of one dictionary, once it has served enough rows
    /// to pay for the table.
    private final class CodeLookup implements IdLookup {
        private static final int VALUES_PER_ROW = 16;
        private static final int NOT_ASKED = -2;

        private @Nullable Dictionary served;
        private int[] known = {};
        private long rowsServed;

        @Override
        public void find(Vector vector, int rowCount, int[] ids) {
            if (!(vector instanceof Vector.Codes codes)) {
                for (int row = 0; row < rowCount; row++) {
                    ids[row] = TextIds.this.find(((Vector.Objects) vector).values()[row]);
                }
                return;
            }
            Dictionary dictionary = codes.dictionary();
            serve(dictionary, rowCount);
            int[] from = codes.codes();
            for (int row = 0; row < rowCount; row++) {
                int code = from[row];
                if (known.length == 0) {
                    ids[row] = findCode(dictionary, code);
                    continue;
                }
                int id = known[code];
                if (id == NOT_ASKED) {
                    id = findCode(dictionary, code);
                    known[code] = id;
                }
                ids[row] = id;
            }
        }

        private void serve(Dictionary dictionary, int rowCount) {
            if (!dictionary.equals(served)) {
                context.reserve(-4L * known.length);
                served = dictionary;
                known = new int[0];
                rowsServed = 0;
            }
            rowsServed += rowCount;
            if (known.length == 0 && rowsServed * VALUES_PER_ROW >= dictionary.size()) {
                context.reserve(4L * dictionary.size());
                known = new int[dictionary.size()];
                Arrays.fill(known, NOT_ASKED);
            }
        }
    }

    /// The ids as codes. Read only once everything is grouped.
    private final class IdDictionary implements KeptTexts {
        @Override
        public long sizeBytes() {
            return textBytes + 20L * highs.length;
        }

        @Override
        public int size() {
            return TextIds.this.size();
        }

        @Override
        public @Nullable String text(int code) {
            synchronized (TextIds.this) {
                return TextIds.this.text(code);
            }
        }

        @Override
        public @Nullable IpAddress address(int code) {
            if (isAddress) {
                return TextIds.this.address(code);
            }
            String text = text(code);
            return text == null ? null : IpAddress.parse(text);
        }

        @Override
        public boolean isSorted() {
            return false;
        }

        @Override
        public int codeOf(String text) {
            for (int code = 0; code < size(); code++) {
                if (text.equals(text(code))) {
                    return code;
                }
            }
            return -1;
        }
    }
}
