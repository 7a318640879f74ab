// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

/// The other columns of the segment that a block belongs to, for encodings that say a column in
/// terms of another. A block refers only to columns before its own, so there is no circle.
public interface Siblings {

    /// The decoder of the same block of the column at `ordinal` in the segment.
    ///
    /// @throws weir.engine.fault.CorruptSegmentException when that is no column before this one
    BlockDecoder decoder(int ordinal);

    /// What a block of a segment gets that has one column only.
    static Siblings none(weir.engine.memory.Slice body) {
        return ordinal -> {
            throw body.corrupt(0, "no reference to another column", "column " + ordinal);
        };
    }
}
