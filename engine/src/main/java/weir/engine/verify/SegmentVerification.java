// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.util.List;

/// What was found of one segment.
///
/// @param findings what is wrong with it, in order of discovery
/// @param rows rows that it says it has
/// @param blocks blocks of columns that were read and compared
/// @param bytes bytes of its file
public record SegmentVerification(List<Finding> findings, long rows, long blocks, long bytes) {

    /// Whether nothing is wrong.
    public boolean isSound() {
        return findings.isEmpty();
    }
}
