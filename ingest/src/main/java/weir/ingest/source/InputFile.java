// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One thing to read.
///
/// @param name as the user named it, or found below what the user named
/// @param path where it lies; null for standard input
/// @param sizeBytes its size when it was found; 0 for standard input
/// @param modifiedMillis when it was last modified, in milliseconds since 1970 UTC; 0 for standard
///   input
public record InputFile(String name, @Nullable Path path, long sizeBytes, long modifiedMillis) {
    /// The name that means standard input.
    public static final String STANDARD_INPUT_NAME = "-";

    /// Standard input.
    public static InputFile standardInput() {
        return new InputFile(STANDARD_INPUT_NAME, null, 0, 0);
    }

    /// Whether this is standard input, which can be read only once.
    public boolean isStandardInput() {
        return path == null;
    }
}
