// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

/// A test of codes of at most 31 bits, many at a time.
@FunctionalInterface
public interface CodeFilter {
    /// Sets `flags[i]` to 1 where `codes[i]` passes and to 0 elsewhere, for the first `count`.
    void test(int[] codes, int count, int[] flags);
}
