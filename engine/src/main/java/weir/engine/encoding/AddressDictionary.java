// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import org.jspecify.annotations.Nullable;
import weir.engine.memory.ByteSink;
import weir.engine.memory.Slice;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;

/// Distinct addresses ascending as 128-bit numbers. IPv4 addresses stand together in that order and
/// take four bytes each.
///
/// ```text
///  0  below     4 bytes: how many addresses sort before the IPv4 block
///  4  v4        4 bytes: how many are IPv4
///  8  above     4 bytes: how many sort behind it
/// 12  zero      4 bytes
/// 16  below     16 bytes each: high, then low half
///     above     16 bytes each
///     v4        4 bytes each
/// ```
///
/// Texts are made on first use and kept; making one twice in a race is harmless.
public final class AddressDictionary implements Dictionary {
    private static final int HEADER_BYTES = 16;

    private final long[] highs;
    private final long[] lows;
    private final @Nullable String absentText;
    private final @Nullable String[] texts;

    private AddressDictionary(long[] highs, long[] lows, @Nullable String absentText) {
        this.highs = highs;
        this.lows = lows;
        this.absentText = absentText;
        this.texts = new @Nullable String[highs.length];
        this.texts[0] = absentText;
    }

    /// Appends addresses, which ascend: entry `i` is `highs[i]`, `lows[i]`.
    public static void encode(long[] highs, long[] lows, int count, ByteSink sink) {
        int below = 0;
        while (below < count && isBelowV4(highs[below], lows[below])) {
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
        for (int i = below; i < above; i++) {
            sink.putInt((int) lows[i]);
        }
    }

    private static boolean isBelowV4(long high, long low) {
        return new IpAddress(high, low).compareTo(IpAddress.ofV4(0)) < 0;
    }

    /// Reads what [#encode] appended; the absent value reads as `absentText`.
    public static AddressDictionary decode(Slice body, @Nullable String absentText) {
        int below = body.intAt(0);
        int v4 = body.intAt(4);
        int above = body.intAt(8);
        long needed = HEADER_BYTES + 16L * below + 16L * above + 4L * v4;
        if (below < 0 || v4 < 0 || above < 0 || needed > body.size()) {
            throw body.corrupt(
                    0, "addresses within their part", below + ", " + v4 + " and " + above);
        }
        int size = 1 + below + v4 + above;
        long[] highs = new long[size];
        long[] lows = new long[size];
        copyPairs(body, HEADER_BYTES, below, highs, lows, 1);
        copyPairs(body, HEADER_BYTES + 16L * below, above, highs, lows, 1 + below + v4);
        int[] bits = new int[v4];
        body.copyInts(HEADER_BYTES + 16L * (below + above), bits, 0, v4);
        for (int i = 0; i < v4; i++) {
            lows[1 + below + i] = IpAddress.ofV4(bits[i]).low();
        }
        for (int code = 2; code < size; code++) {
            int order = Long.compareUnsigned(highs[code - 1], highs[code]);
            if (order > 0
                    || (order == 0 && Long.compareUnsigned(lows[code - 1], lows[code]) >= 0)) {
                throw body.corrupt(HEADER_BYTES, "ascending addresses", "entry " + code + " below");
            }
        }
        return new AddressDictionary(highs, lows, absentText);
    }

    private static void copyPairs(
            Slice body, long offset, int count, long[] highs, long[] lows, int at) {
        long[] pairs = new long[2 * count];
        body.copyLongs(offset, pairs, 0, pairs.length);
        for (int i = 0; i < count; i++) {
            highs[at + i] = pairs[2 * i];
            lows[at + i] = pairs[2 * i + 1];
        }
    }

    @Override
    public int size() {
        return highs.length;
    }

    @Override
    public @Nullable String text(int code) {
        String text = texts[code];
        if (text == null && code > 0) {
            text = new IpAddress(highs[code], lows[code]).toString();
            texts[code] = text;
        }
        return text;
    }

    @Override
    public @Nullable IpAddress address(int code) {
        return code == 0 ? null : new IpAddress(highs[code], lows[code]);
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
        int low = 1;
        int high = highs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(highs[middle], address.high());
            if (order == 0) {
                order = Long.compareUnsigned(lows[middle], address.low());
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
