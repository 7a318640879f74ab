// SPDX-License-Identifier: Apache-2.0
package weir.query.type;

import java.util.Arrays;
import java.util.HexFormat;

/// A value of VARBINARY. Immutable as long as nobody writes into [#bytes].
public final class Binary implements Comparable<Binary> {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private final byte[] bytes;

    /// Takes `bytes` over.
    public Binary(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes themselves, not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    /// As unsigned bytes, a shorter one before a longer one that it starts.
    @Override
    public int compareTo(Binary other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Hexadecimal with blanks between the bytes, as Trino's command line prints it.
    @Override
    public String toString() {
        return SPACED.formatHex(bytes);
    }
}
