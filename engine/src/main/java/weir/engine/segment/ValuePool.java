// SPDX-License-Identifier: Apache-2.0
package weir.engine.segment;

import weir.engine.memory.ByteSink;

/// The values of a dictionary under construction.
abstract sealed class ValuePool permits TextPool, AddressPool {

    /// Appends the values in order to `sink` and gives the code of each id: entry 0 is 0.
    abstract int[] encodeSorted(ByteSink sink);
}
