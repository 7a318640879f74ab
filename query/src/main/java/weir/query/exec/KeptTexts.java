// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.engine.vector.Dictionary;

/// A dictionary on the heap: rows that name its codes keep it there.
interface KeptTexts extends Dictionary {
    /// About how much of the heap it takes.
    long sizeBytes();
}
