// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.CorruptSegmentException;
import weir.engine.fault.StoreException;
import weir.engine.fault.UnsupportedFormatException;

/// One thing that is wrong with a store.
///
/// @param table the table whose rows are concerned; empty for the manifest
/// @param file the file
/// @param offset the byte of the file where it is wrong, or null when it is the file as a whole
/// @param expected what belongs there
/// @param found what is there
public record Finding(
        String table, Path file, @Nullable Long offset, String expected, String found) {

    /// What a failure of reading says.
    static Finding of(String table, StoreException failure) {
        return switch (failure) {
            case CorruptSegmentException damage ->
                    new Finding(
                            table,
                            damage.path(),
                            damage.offset(),
                            damage.expected(),
                            damage.found());
            case UnsupportedFormatException unsupported ->
                    new Finding(
                            table,
                            unsupported.path(),
                            null,
                            "a format version that this build reads",
                            "version " + unsupported.version());
            default ->
                    new Finding(
                            table,
                            failure.path(),
                            null,
                            "a file that can be read",
                            withoutPath(failure));
        };
    }

    private static String withoutPath(StoreException failure) {
        String message = String.valueOf(failure.getMessage());
        String start = failure.path() + ": ";
        return message.startsWith(start) ? message.substring(start.length()) : message;
    }
}
