// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.util.zip.DataFormatException;

/// How all decoders word a damaged stream: what they report must not depend on which one it was.
final class Damage {
    private Damage() {}

    static DataFormatException found() {
        return new DataFormatException("invalid deflate data");
    }
}
