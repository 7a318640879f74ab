// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;
import weir.engine.vector.AddressNumbers;
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

    /// Of so many codes of a dictionary one has to be asked for before its addresses get numbers.
    private static final int NUMBERED_SHARE = 16;

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

    /// What numbers the addresses of the dictionaries met so far; null before the first.
    private @Nullable AddressNumbers numbered;

    /// By number of [#numbered] the id, 0 where there is none yet; and by id the number.
    private int[] idsOfNumbers = new int[0];

    private int[] numbersOfIds = new int[0];

    /// Codes of one dictionary that were asked for before its addresses had numbers.
    private @Nullable Dictionary asked;

    private int askedCount;
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

    /// Ids of addresses are found by the numbers that a store gives them, once so many of a
    /// dictionary were asked for that it pays to find those.
    private int idOfNumber(Dictionary dictionary, int code) {
        AddressNumbers numbers = dictionary.addressNumbers();
        if (code == 0 || numbers == null || (numbered != null && !numbered.equals(numbers))) {
            return 0;
        }
        if (!dictionary.equals(asked)) {
            asked = dictionary;
            askedCount = 0;
        }
        int[] known = dictionary.numbers(++askedCount > dictionary.size() / NUMBERED_SHARE);
        if (known == null) {
            return 0;
        }
        if (numbered == null) {
            numberAll(numbers);
        }
        return idOfNumber(numbers, known[code]);
    }

    /// Lets the addresses that are here already be found by their numbers.
    private void numberAll(AddressNumbers numbers) {
        numbered = numbers;
        for (int id = 1; id < texts.size(); id++) {
            int number = isAddressId(id) ? numbers.find(highs[id], lows[id]) : 0;
            if (number > 0) {
                number(id, number);
            }
        }
    }

    /// Addresses with a number stand in no slot, unless they came before they had it.
    private int idOfNumber(AddressNumbers numbers, int number) {
        int known = number < idsOfNumbers.length ? idsOfNumbers[number] : 0;
        if (known > 0) {
            return known;
        }
        long high = numbers.high(number);
        long low = numbers.low(number);
        int id = addressCount == 0 ? 0 : slots[slotFor(high, low)];
        if (id == 0) {
            id = add(high, low, null);
        }
        number(id, number);
        return id;
    }

    private void number(int id, int number) {
        if (number >= idsOfNumbers.length) {
            int length = Math.max(2 * number, 1 << 12);
            context.reserve(4L * (length - idsOfNumbers.length));
            idsOfNumbers = Arrays.copyOf(idsOfNumbers, length);
        }
        idsOfNumbers[number] = id;
        if (id >= numbersOfIds.length) {
            context.reserve(4L * (highs.length - numbersOfIds.length));
            numbersOfIds = Arrays.copyOf(numbersOfIds, highs.length);
        }
        numbersOfIds[id] = number;
    }

    /// The id of an id of another numbering.
    private int idOf(TextIds other, int id) {
        if (id == 0 || !other.isAddressId(id)) {
            return idOf(other.asDictionary.text(id));
        }
        int number = id < other.numbersOfIds.length ? other.numbersOfIds[id] : 0;
        if (number > 0
                && Objects.equals(numbered, other.numbered)
                && number < idsOfNumbers.length) {
            int known = idsOfNumbers[number];
            if (known > 0) {
                return known;
            }
        }
        return idOfAddress(other.highs[id], other.lows[id]);
    }

    private int idOfCode(Dictionary dictionary, int code) {
        if (dictionary instanceof IdDictionary ids && ids.isOf(isAddress)) {
            return idOf(ids.owner(), code);
        }
        int numbered = idOfNumber(dictionary, code);
        if (numbered > 0) {
            return numbered;
        }
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
        AddressNumbers numbers = numbered;
        int number = numbers == null ? 0 : numbers.find(high, low);
        if (numbers != null && number > 0) {
            return idOfNumber(numbers, number);
        }
        int slot = slotFor(high, low);
        if (slots[slot] != 0) {
            return slots[slot];
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

    /// The slot of an address that has one, else the one for it.
    private int slotFor(long high, long low) {
        int slot = slotOf(high, low);
        while (slots[slot] != 0) {
            int id = slots[slot];
            if (lows[id] == low && highs[id] == high) {
                return slot;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
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
            mapping[id] = idOf(texts, id);
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
        int number = numbered == null ? 0 : numbered.find(address.high(), address.low());
        if (number > 0 && number < idsOfNumbers.length && idsOfNumbers[number] > 0) {
            return idsOfNumbers[number];
        }
        int id = slots[slotFor(address.high(), address.low())];
        return id == 0 ? IdLookup.MISSING : id;
    }

    private int findCode(Dictionary dictionary, int code) {
        int[] numbers =
                Objects.equals(numbered, dictionary.addressNumbers())
                        ? dictionary.numbers(false)
                        : null;
        if (code > 0 && numbers != null && numbers[code] < idsOfNumbers.length) {
            int id = idsOfNumbers[numbers[code]];
            if (id > 0 || addressCount == 0) {
                return id > 0 ? id : IdLookup.MISSING;
            }
        }
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
                if (Objects.equals(dictionary.addressNumbers(), numbered)) {
                    dictionary.numbers(true);
                }
                context.reserve(4L * dictionary.size());
                known = new int[dictionary.size()];
                Arrays.fill(known, NOT_ASKED);
            }
        }
    }

    /// The ids as codes. Read only once everything is grouped.
    private final class IdDictionary implements KeptTexts {
        /// Whether ids mean the same: in texts an address is its spelling.
        boolean isOf(boolean isAddress) {
            return TextIds.this.isAddress == isAddress;
        }

        TextIds owner() {
            return TextIds.this;
        }

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
        public boolean isNull(int code) {
            return code == 0;
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
