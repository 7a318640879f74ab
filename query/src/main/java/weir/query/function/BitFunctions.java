// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;

/// Functions on the bits of whole numbers in two's complement.
final class BitFunctions {
    private BitFunctions() {}

    static List<Definition> definitions() {
        Definitions bits = new Definitions(Definition.Kind.BITS);
        bits.define(
                        "bit_count",
                        "bigint, bigint",
                        "bigint",
                        "How many bits are set in a number of so many bits, 2 to 64")
                .is(a -> count(Args.number(a, 0), Args.number(a, 1)));
        shift(
                bits,
                "bitwise_left_shift",
                "Shifted to the left",
                (value, by, width) -> by >= width ? 0 : value << by);
        shift(
                bits,
                "bitwise_right_shift",
                "Shifted to the right, filled with zeros",
                (value, by, width) -> by >= width ? 0 : (value & mask(width)) >>> by);
        shift(
                bits,
                "bitwise_right_shift_arithmetic",
                "Shifted to the right, filled with the sign",
                (value, by, width) -> value >> Math.min(by, width - 1));
        return bits.list();
    }

    /// A shift of a number of `width` bits. Counts below zero shift as Java's operators do, by
    /// their last 6 bits.
    private interface Shift {
        long apply(long value, long by, int width);
    }

    private static long mask(int width) {
        return width == 64 ? -1L : (1L << width) - 1;
    }

    private static void shift(Definitions bits, String name, String description, Shift shift) {
        define(bits, name, "tinyint", 8, description, shift);
        define(bits, name, "smallint", 16, description, shift);
        define(bits, name, "integer", 32, description, shift);
        define(bits, name, "bigint", 64, description, shift);
    }

    private static void define(
            Definitions bits,
            String name,
            String type,
            int width,
            String description,
            Shift shift) {
        bits.define(name, type + ", bigint", type, description)
                .is(a -> {
                    long shifted = shift.apply(Args.number(a, 0), Args.number(a, 1), width);
                    int unused = Long.SIZE - width;
                    return shifted << unused >> unused;
                });
    }

    private static Long count(long value, long bits) {
        if (bits < 2 || bits > 64) {
            throw Args.invalid("Bits specified in bit_count must be between 2 and 64, got " + bits);
        }
        if (bits == 64) {
            return (long) Long.bitCount(value);
        }
        long least = -(1L << (bits - 1));
        if (value < least || value > -least - 1) {
            throw Args.invalid(
                    "Number must be representable with the bits specified. %d cannot be represented"
                                    .formatted(value)
                            + " with %d bits".formatted(bits));
        }
        return (long) Long.bitCount(value & mask((int) bits));
    }
}
