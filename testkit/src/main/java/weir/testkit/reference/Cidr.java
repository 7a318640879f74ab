// SPDX-License-Identifier: Apache-2.0
package weir.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Naive containment of an address in a block, bit by bit. Immutable.
public final class Cidr {

    private final int[] bits;
    private final int prefix;

    private Cidr(int[] bits, int prefix) {
        this.bits = bits;
        this.prefix = prefix;
    }

    /// Reads `10.0.0.0/8` or `2001:db8::/32`.
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        int[] bits = slash < 0 ? null : bits(text.substring(0, slash));
        if (bits == null) {
            throw new IllegalArgumentException("not an address block: " + text);
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits.length) {
            throw new IllegalArgumentException("prefix of " + text + " is not 0 to " + bits.length);
        }
        return new Cidr(bits, prefix);
    }

    /// Whether the block holds an address: null for text that is no address (SQL's unknown), false
    /// for an address of the other family.
    public @Nullable Boolean contains(String address) {
        int[] other = bits(address);
        if (other == null) {
            return null;
        }
        if (other.length != bits.length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            if (bits[i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the block surely holds it, as WHERE decides.
    public boolean holds(String address) {
        return Boolean.TRUE.equals(contains(address));
    }

    /// Whether the block surely does not hold it: `NOT contains(...)` in WHERE.
    public boolean excludes(String address) {
        return Boolean.FALSE.equals(contains(address));
    }

    /// One int per bit, 32 or 128 of them; null when the text is no address.
    static int @Nullable [] bits(String address) {
        if (address.indexOf(':') >= 0) {
            return bits6(address);
        }
        String[] octets = address.split("\\.", -1);
        if (octets.length != 4) {
            return null;
        }
        int[] bits = new int[32];
        for (int i = 0; i < 4; i++) {
            int value = number(octets[i], 10, 3);
            if (value < 0 || value > 255) {
                return null;
            }
            put(bits, i * 8, 8, value);
        }
        return bits;
    }

    private static int @Nullable [] bits6(String address) {
        List<String> groups = new ArrayList<>();
        int gap = address.indexOf("::");
        if (gap < 0) {
            groups.addAll(List.of(address.split(":", -1)));
        } else {
            List<String> before = split(address.substring(0, gap));
            List<String> after = split(address.substring(gap + 2));
            groups.addAll(before);
            for (int i = before.size() + after.size(); i < 8; i++) {
                groups.add("0");
            }
            groups.addAll(after);
        }
        if (groups.size() != 8) {
            return null;
        }
        int[] bits = new int[128];
        for (int i = 0; i < 8; i++) {
            int value = number(groups.get(i), 16, 4);
            if (value < 0) {
                return null;
            }
            put(bits, i * 16, 16, value);
        }
        return bits;
    }

    private static List<String> split(String part) {
        return part.isEmpty() ? List.of() : List.of(part.split(":", -1));
    }

    private static int number(String digits, int radix, int longest) {
        if (digits.isEmpty() || digits.length() > longest) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            int worth = digit < 128 ? Character.digit(digit, radix) : -1;
            if (worth < 0) {
                return -1;
            }
            value = value * radix + worth;
        }
        return value;
    }

    private static void put(int[] bits, int at, int count, int value) {
        for (int i = 0; i < count; i++) {
            bits[at + i] = (value >> (count - 1 - i)) & 1;
        }
    }
}
