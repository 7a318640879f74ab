// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A library that the system may have. Immutable.
final class SystemLibrary {
    private final SymbolLookup symbols;

    private SystemLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /// Opens the library named `name`, for the life of the process; null when there is none, or
    /// when this process may not call native code, or is of a kind that the callers here do not
    /// know.
    static @Nullable SystemLibrary open(String name) {
        // Without the permission the JVM would go on with a warning on standard error.
        boolean isAllowed = SystemLibrary.class.getModule().isNativeAccessEnabled();
        boolean isKnownKind =
                ValueLayout.ADDRESS.byteSize() == Long.BYTES
                        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return isAllowed && isKnownKind ? lookup(name) : null;
    }

    @SuppressWarnings("restricted") // what this package is for
    private static @Nullable SystemLibrary lookup(String name) {
        try {
            return new SystemLibrary(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The function `name`.
    ///
    /// @throws UnsatisfiedLinkError when the library has none
    @SuppressWarnings("restricted")
    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(name)),
                        descriptor);
    }
}
