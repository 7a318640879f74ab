// SPDX-License-Identifier: Apache-2.0
package weir.judge;

import java.nio.file.Path;

/// Where the scripts are.
final class Scripts {
    /// The directory of the scripts; the tables are below it.
    static final Path DIRECTORY = Path.of("../query/src/test/resources/answers");

    private Scripts() {}
}
