// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;
import weir.engine.vector.AddressNumbers;
import weir.engine.vector.Dictionary;

/// Distinct addresses ascending as 128-bit numbers. IPv4 addresses stand together in that order and
/// are said by the gaps between them.
///
/// ```text
///  0  below     4 bytes: how many addresses sort before the IPv4 block
///  4  v4        4 bytes: how many are IPv4
///  8  above     4 bytes: how many sort behind it
/// 12  zero      4 bytes
/// 16  below     16 bytes each: high, then low half
///     above     16 bytes each
///     v4        ascending numbers of 32 bits, see AscendingNumbers
/// ```
///
/// What is looked up is decoded, 128 addresses at a time, and kept, as texts are; doing so twice in
/// a race is harmless.
public final class AddressDictionary implements Dictionary {
    private static final int HEADER_BYTES = 16;
    private static final int[] OCTET_RANKS = octetRanks();
    private static final IpAddress FIRST_V4 = IpAddress.ofV4(0);
    private static final IpAddress LAST_V4 = IpAddress.ofV4(-1);

    private final Slice body;
    private final IpAddress[] below;
    private final AscendingNumbers v4;
    private final IpAddress[] above;
    private final @Nullable String absentText;
    private final AddressNumbers addressNumbers;
    private final AtomicReferenceArray<int[]> frames;
    private @Nullable String @Nullable [] texts;
    private volatile int @Nullable [] numbers;
    private volatile int @Nullable [] textRanks;

    private AddressDictionary(
            Slice body,
            IpAddress[] below,
            AscendingNumbers v4,
            IpAddress[] above,
            @Nullable String absentText,
            AddressNumbers addressNumbers) {
        this.body = body;
        this.below = below;
        this.v4 = v4;
        this.above = above;
        this.absentText = absentText;
        this.addressNumbers = addressNumbers;
        this.frames = new AtomicReferenceArray<>(v4.frameCount());
    }

    /// Appends addresses, which ascend: entry `i` is `highs[i]`, `lows[i]`.
    public static void encode(long[] highs, long[] lows, int count, ByteSink sink) {
        int below = 0;
        while (below < count && new IpAddress(highs[below], lows[below]).compareTo(FIRST_V4) < 0) {
            below++;
        }
        int above = below;
        while (above < count && new IpAddress(highs[above], lows[above]).isV4()) {
            above++;
        }
        sink.putInt(below);
        sink.putInt(above - below);
        sink.putInt(count - above);
        sink.putInt(0);
        for (int i = 0; i < count; i++) {
            if (i < below || i >= above) {
                sink.putLong(highs[i]);
                sink.putLong(lows[i]);
            }
        }
        long[] numbers = new long[above - below];
        for (int i = below; i < above; i++) {
            numbers[i - below] = lows[i] & 0xffff_ffffL;
        }
        AscendingNumbers.encode(numbers, numbers.length, sink);
    }

    /// Reads what [#encode] appended; the absent value reads as `absentText`.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such dictionary
    public static AddressDictionary decode(Slice body, @Nullable String absentText) {
        return decode(body, absentText, new AddressNumbers());
    }

    /// The same of a store that numbers the addresses of all its dictionaries.
    ///
    /// @param addressNumbers what numbers them
    /// @throws weir.engine.fault.CorruptSegmentException when the bytes are no such dictionary
    public static AddressDictionary decode(
            Slice body, @Nullable String absentText, AddressNumbers addressNumbers) {
        int below = body.intAt(0);
        int v4 = body.intAt(4);
        int above = body.intAt(8);
        long v4At = HEADER_BYTES + 16L * below + 16L * above;
        if (below < 0 || v4 < 0 || above < 0 || v4At > body.size()) {
            throw body.corrupt(
                    0, "addresses within their part", below + ", " + v4 + " and " + above);
        }
        body.expectZeros(12, 4);
        AscendingNumbers numbers = AscendingNumbers.decode(body.slice(v4At, body.size() - v4At));
        if (numbers.count() != v4) {
            throw body.corrupt(v4At, v4 + " IPv4 addresses", Integer.toString(numbers.count()));
        }
        IpAddress[] low = addresses(body, HEADER_BYTES, below);
        IpAddress[] high = addresses(body, HEADER_BYTES + 16L * below, above);
        if ((below > 0 && low[below - 1].compareTo(FIRST_V4) >= 0)
                || (above > 0 && high[0].compareTo(LAST_V4) <= 0)) {
            throw body.corrupt(HEADER_BYTES, "addresses around those of IPv4", "others");
        }
        return new AddressDictionary(body, low, numbers, high, absentText, addressNumbers);
    }

    private static IpAddress[] addresses(Slice body, long offset, int count) {
        IpAddress[] addresses = new IpAddress[count];
        for (int i = 0; i < count; i++) {
            long at = offset + 16L * i;
            addresses[i] = new IpAddress(body.longAt(at), body.longAt(at + 8));
            if (i > 0 && addresses[i - 1].compareTo(addresses[i]) >= 0) {
                throw body.corrupt(at, "ascending addresses", addresses[i] + " as number " + i);
            }
        }
        return addresses;
    }

    @Override
    public int size() {
        return 1 + below.length + v4.count() + above.length;
    }

    @Override
    public @Nullable String text(int code) {
        if (code == 0) {
            return absentText;
        }
        @Nullable String[] known = texts;
        if (known == null) {
            known = new @Nullable String[size()];
            texts = known;
        }
        String text = known[code];
        if (text == null) {
            text = known(code).toString();
            known[code] = text;
        }
        return text;
    }

    @Override
    public boolean isNull(int code) {
        return code == 0 && absentText == null;
    }

    @Override
    public @Nullable IpAddress address(int code) {
        return code == 0 ? null : known(code);
    }

    private IpAddress known(int code) {
        int at = code - 1;
        if (at < below.length) {
            return below[at];
        }
        at -= below.length;
        if (at < v4.count()) {
            return IpAddress.ofV4(frame(at / AscendingNumbers.FRAME)[at % AscendingNumbers.FRAME]);
        }
        return above[at - v4.count()];
    }

    @Override
    public int[] textRanks() {
        int[] known = textRanks;
        if (known == null) {
            boolean isFirst = absentText == null || absentText.compareTo("0") < 0;
            known =
                    below.length == 0 && above.length == 0 && isFirst
                            ? ranksOfV4()
                            : ranksOfTexts();
            textRanks = known;
        }
        return known;
    }

    /// Texts of IPv4 addresses are ordered as numbers of four digits are, each the place of an
    /// octet among the texts of all octets: what ends an octet comes before every digit of a longer
    /// one.
    private int[] ranksOfV4() {
        long[] keys = new long[size()];
        for (int code = 1; code < keys.length; code++) {
            int bits = known(code).v4Bits();
            long key = 0;
            for (int shift = 24; shift >= 0; shift -= 8) {
                key = (key << 8) | OCTET_RANKS[bits >>> shift & 0xff];
            }
            keys[code] = ((key + 1) << 31) | code;
        }
        Arrays.sort(keys);
        int[] ranks = new int[keys.length];
        for (int rank = 0; rank < keys.length; rank++) {
            ranks[(int) (keys[rank] & Integer.MAX_VALUE)] = rank;
        }
        return ranks;
    }

    private int[] ranksOfTexts() {
        String[] sorted = new String[size()];
        for (int code = 0; code < sorted.length; code++) {
            sorted[code] = Objects.requireNonNullElse(text(code), "");
        }
        Arrays.sort(sorted);
        int[] ranks = new int[sorted.length];
        for (int code = 0; code < ranks.length; code++) {
            String text = Objects.requireNonNullElse(text(code), "");
            ranks[code] = Arrays.binarySearch(sorted, text);
        }
        return ranks;
    }

    private static int[] octetRanks() {
        String[] texts = new String[256];
        Arrays.setAll(texts, Integer::toString);
        Arrays.sort(texts);
        int[] ranks = new int[256];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[Integer.parseInt(texts[rank])] = rank;
        }
        return ranks;
    }

    @Override
    public AddressNumbers addressNumbers() {
        return addressNumbers;
    }

    @Override
    public int @Nullable [] numbers(boolean isWorthIt) {
        int[] known = numbers;
        if (known == null && isWorthIt) {
            long[] highs = new long[size()];
            long[] lows = new long[size()];
            for (int code = 1; code < highs.length; code++) {
                IpAddress address = known(code);
                highs[code] = address.high();
                lows[code] = address.low();
            }
            known = addressNumbers.of(highs, lows);
            numbers = known;
        }
        return known;
    }

    private int[] frame(int frame) {
        int[] known = frames.get(frame);
        if (known == null) {
            long[] numbers = v4.frame(frame);
            long last = numbers[numbers.length - 1];
            if (last >>> 32 != 0) {
                throw body.corrupt(
                        HEADER_BYTES, "IPv4 addresses of 32 bits", Long.toHexString(last));
            }
            known = new int[numbers.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = (int) numbers[i];
            }
            frames.set(frame, known);
        }
        return known;
    }

    @Override
    public boolean isSorted() {
        return true;
    }

    @Override
    public boolean isAddresses() {
        return true;
    }

    /// Only the canonical text of an address is the text of a code.
    @Override
    public int codeOf(String text) {
        if (text.equals(absentText)) {
            return 0;
        }
        IpAddress address = IpAddress.parse(text);
        if (address == null || !address.toString().equals(text)) {
            return -1;
        }
        int code = lowerBound(address);
        return code < size() && address.equals(address(code)) ? code : -1;
    }

    @Override
    public int lowerBound(IpAddress address) {
        if (address.compareTo(FIRST_V4) < 0) {
            return 1 + lowerBound(below, address);
        }
        if (!address.isV4()) {
            return 1 + below.length + v4.count() + lowerBound(above, address);
        }
        return 1 + below.length + lowerBoundV4(address.v4Bits() & 0xffff_ffffL);
    }

    private int lowerBoundV4(long number) {
        int frame = v4.frameOf(number);
        if (frame < 0) {
            return 0;
        }
        int[] known = frame(frame);
        int low = 0;
        int high = known.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((known[middle] & 0xffff_ffffL) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return frame * AscendingNumbers.FRAME + low;
    }

    private static int lowerBound(IpAddress[] addresses, IpAddress address) {
        int found = Arrays.binarySearch(addresses, address);
        return found >= 0 ? found : -found - 1;
    }
}
