// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

import java.nio.file.Path;

/// A file of a format version that this build does not read.
public final class UnsupportedFormatException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int version;

    /// `path` is of `version`; this build reads `oldest` to `newest`.
    public UnsupportedFormatException(Path path, int version, int oldest, int newest) {
        super(
                path,
                "format version "
                        + version
                        + " is not readable here (this build reads "
                        + (oldest == newest ? "version " + newest : oldest + " to " + newest)
                        + "): use a Weir that knows version "
                        + version
                        + ", or ingest the logs again");
        this.version = version;
    }

    /// The version the file says it has.
    public int version() {
        return version;
    }
}
