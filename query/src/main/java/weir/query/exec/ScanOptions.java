// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

/// How segments are read.
///
/// @param useIndexes whether bitmap indexes may be asked; never changes the answer
/// @param useZones whether zone maps may be asked; never changes the answer
/// @param skipDamaged whether a segment that is damaged where it is read is left out as a whole,
///   instead of failing the query
public record ScanOptions(boolean useIndexes, boolean useZones, boolean skipDamaged) {

    /// All ways to prune; damage is a failure.
    public static ScanOptions defaults() {
        return new ScanOptions(true, true, false);
    }
}
