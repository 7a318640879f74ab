// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import weir.engine.vector.Dictionary;

/// A test of the values of a dictionary column, asked once for each dictionary and never for a row.
/// Must be safe for many threads.
@FunctionalInterface
public interface DictionaryTest {

    /// The codes of `dictionary` whose values pass; code 0 is among them when the absent value
    /// does.
    CodeSet codes(Dictionary dictionary);
}
