// SPDX-License-Identifier: Apache-2.0
package weir.engine.verify;

import java.util.List;

/// What was found of a store.
///
/// @param findings everything that is wrong, by tables and segments in order of publication
/// @param notes what is not wrong but worth knowing: files that belong to no table
/// @param segments segments without a finding
/// @param damagedSegments segments with one
/// @param rows rows of the segments without a finding
/// @param blocks blocks of columns of those
/// @param bytes bytes of their files
public record StoreVerification(
        List<Finding> findings,
        List<String> notes,
        long segments,
        long damagedSegments,
        long rows,
        long blocks,
        long bytes) {

    /// Whether nothing is wrong.
    public boolean isSound() {
        return findings.isEmpty();
    }
}
