// SPDX-License-Identifier: Apache-2.0
package weir.engine.scan;

import weir.engine.segment.SegmentReader;

/// Who may want blocks of which every row passes by what is known of them, in place of their rows.
/// Safe for many threads where scans of several share it.
@FunctionalInterface
public interface WholeBlocks {
    /// Wants rows.
    WholeBlocks NONE = (_, _) -> false;

    /// Whether block `block` of `segment`, all of whose rows pass, is done with and not to be read.
    boolean take(SegmentReader segment, int block);
}
