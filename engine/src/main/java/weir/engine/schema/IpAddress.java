// SPDX-License-Identifier: Apache-2.0
package weir.engine.schema;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An IPv4 or IPv6 address as a 128-bit unsigned number; IPv4 stands as `::ffff:a.b.c.d`, as in
/// Trino. Ordered as a number. Nothing here ever asks a name server.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
    private static final long V4_PREFIX = 0x0000_ffff_0000_0000L;
    private static final long V4_MASK = 0xffff_ffffL;

    /// The IPv4 address of these 32 bits.
    public static IpAddress ofV4(int bits) {
        return new IpAddress(0, V4_PREFIX | (bits & V4_MASK));
    }

    /// Whether the address is IPv4 (or IPv4-mapped, which is the same thing here).
    public boolean isV4() {
        return high == 0 && (low & ~V4_MASK) == V4_PREFIX;
    }

    /// The last 32 bits, which are the whole address when it [#isV4()].
    public int v4Bits() {
        return (int) low;
    }

    /// The address that `text` spells, or null when it spells none.
    ///
    /// IPv4 is four decimal octets without leading zeros. IPv6 is RFC 4291 text in either case,
    /// with `::` at most once and an IPv4 tail allowed; zones (`%eth0`) are refused.
    public static @Nullable IpAddress parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /// The address spelled by the bytes `[from, to)`, or null when they spell none.
    public static @Nullable IpAddress parse(byte[] text, int from, int to) {
        int size = to - from;
        if (size < 2 || size > 45) {
            return null;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == ':') {
                return parseV6(text, from, to);
            }
        }
        long bits = parseV4(text, from, to);
        return bits < 0 ? null : ofV4((int) bits);
    }

    /// The 32 bits of dotted decimal text, or -1.
    private static long parseV4(byte[] text, int from, int to) {
        long bits = 0;
        int octets = 0;
        int i = from;
        while (true) {
            int start = i;
            int value = 0;
            while (i < to && text[i] >= '0' && text[i] <= '9' && i - start < 4) {
                value = value * 10 + (text[i] - '0');
                i++;
            }
            int digits = i - start;
            if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[start] == '0')) {
                return -1;
            }
            bits = bits << 8 | value;
            octets++;
            if (i == to) {
                return octets == 4 ? bits : -1;
            }
            if (text[i] != '.' || octets == 4) {
                return -1;
            }
            i++;
        }
    }

    private static @Nullable IpAddress parseV6(byte[] text, int from, int to) {
        long[] words = new long[2];
        int groups = 0;
        int gapAt = -1;
        int i = from;
        if (text[i] == ':') {
            if (text[i + 1] != ':') {
                return null;
            }
            gapAt = 0;
            i += 2;
        }
        while (i < to) {
            int start = i;
            int value = 0;
            while (i < to && hexDigit(text[i]) >= 0 && i - start < 5) {
                value = value << 4 | hexDigit(text[i]);
                i++;
            }
            if (i < to && text[i] == '.') {
                long bits = groups <= 6 ? parseV4(text, start, to) : -1;
                if (bits < 0) {
                    return null;
                }
                setGroup(words, groups, (int) (bits >>> 16));
                setGroup(words, groups + 1, (int) bits & 0xffff);
                groups += 2;
                break;
            }
            int digits = i - start;
            if (digits == 0 || digits > 4 || groups == 8) {
                return null;
            }
            setGroup(words, groups++, value);
            if (i == to) {
                break;
            }
            if (text[i] != ':' || i + 1 == to) {
                return null;
            }
            i++;
            if (text[i] == ':') {
                if (gapAt >= 0) {
                    return null;
                }
                gapAt = groups;
                i++;
            }
        }
        if (gapAt < 0) {
            return groups == 8 ? new IpAddress(words[0], words[1]) : null;
        }
        return groups == 8 ? null : spread(words, groups, gapAt);
    }

    /// Moves the groups behind the `::` to the end.
    private static IpAddress spread(long[] words, int groups, int gapAt) {
        long[] spread = new long[2];
        for (int g = 0; g < gapAt; g++) {
            setGroup(spread, g, group(words[0], words[1], g));
        }
        int shift = 8 - groups;
        for (int g = gapAt; g < groups; g++) {
            setGroup(spread, g + shift, group(words[0], words[1], g));
        }
        return new IpAddress(spread[0], spread[1]);
    }

    private static void setGroup(long[] words, int group, int value) {
        words[group >> 2] |= (long) value << (48 - 16 * (group & 3));
    }

    private static int group(long high, long low, int group) {
        return (int) ((group < 4 ? high : low) >>> (48 - 16 * (group & 3))) & 0xffff;
    }

    private static int hexDigit(byte character) {
        return Character.digit(character, 16);
    }

    /// The lowest address of the block of `prefixLength` leading bits (0 to 128, counted in the
    /// 128-bit form) that holds this address.
    public IpAddress firstOfPrefix(int prefixLength) {
        return new IpAddress(high & highMask(prefixLength), low & lowMask(prefixLength));
    }

    /// The highest address of that block.
    public IpAddress lastOfPrefix(int prefixLength) {
        return new IpAddress(high | ~highMask(prefixLength), low | ~lowMask(prefixLength));
    }

    private static long highMask(int prefixLength) {
        return prefixLength >= 64 ? -1L : prefixLength == 0 ? 0 : -1L << (64 - prefixLength);
    }

    private static long lowMask(int prefixLength) {
        return prefixLength <= 64 ? 0 : -1L << (128 - prefixLength);
    }

    @Override
    public int compareTo(IpAddress other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /// The canonical text: dotted decimal for IPv4, RFC 5952 for IPv6.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isV4() ? 15 : 39);
        if (isV4()) {
            int bits = v4Bits();
            return text.append(bits >>> 24)
                    .append('.')
                    .append(bits >>> 16 & 0xff)
                    .append('.')
                    .append(bits >>> 8 & 0xff)
                    .append('.')
                    .append(bits & 0xff)
                    .toString();
        }
        int gapStart = -1;
        int gapSize = 1;
        for (int g = 0; g < 8; g++) {
            int size = zeroGroups(g);
            if (size > gapSize) {
                gapStart = g;
                gapSize = size;
            }
        }
        for (int g = 0; g < 8; g++) {
            if (g == gapStart) {
                text.append("::");
                g += gapSize - 1;
                continue;
            }
            if (g > 0 && g != gapStart + gapSize) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(high, low, g)));
        }
        return text.toString();
    }

    private int zeroGroups(int from) {
        int g = from;
        while (g < 8 && group(high, low, g) == 0) {
            g++;
        }
        return g - from;
    }
}
