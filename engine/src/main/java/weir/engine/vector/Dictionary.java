// SPDX-License-Identifier: Apache-2.0
package weir.engine.vector;

import org.jspecify.annotations.Nullable;
import weir.engine.schema.IpAddress;

/// The values that codes stand for. Code 0 is the absent value; codes 1 to `size() - 1` are
/// distinct values, and where the dictionary [#isSorted()] they ascend (text by UTF-8 bytes,
/// addresses as numbers). Immutable and safe for many readers.
public interface Dictionary {
    /// How many codes there are, code 0 among them.
    int size();

    /// The text of `code`; null where that is SQL NULL (only code 0 can be).
    @Nullable String text(int code);

    /// Whether `code` reads as SQL NULL, without a look at its text.
    default boolean isNull(int code) {
        return text(code) == null;
    }

    /// The address of `code`, or null when the value is absent or no address.
    @Nullable IpAddress address(int code);

    /// By code: the place of its text among the texts of all codes in the order of their UTF-8
    /// bytes, the same for equal texts. Shared and not to be written. Null where that is not known.
    default int @Nullable [] textRanks() {
        return null;
    }

    /// Whether codes 1 and up ascend with their values.
    boolean isSorted();

    /// The code whose text is `text`; 0 when absent reads so; -1 when no value does.
    int codeOf(String text);

    /// The lowest code whose address is not below `address`; `size()` when there is none.
    ///
    /// @throws UnsupportedOperationException when the values are not sorted addresses
    default int lowerBound(IpAddress address) {
        throw new UnsupportedOperationException("not a dictionary of sorted addresses");
    }

    /// By code: the number that the address has in [#addressNumbers()]. The array is shared and not
    /// to be written.
    ///
    /// @param isWorthIt whether to find them now, which looks at every address once
    /// @return null when they were not found yet, or the values are no addresses
    default int @Nullable [] numbers(boolean isWorthIt) {
        return null;
    }

    /// What numbers the addresses of all dictionaries of the store; null when the values are no
    /// addresses.
    default @Nullable AddressNumbers addressNumbers() {
        return null;
    }

    /// Whether the values are addresses, sorted as numbers.
    default boolean isAddresses() {
        return false;
    }
}
