// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

/// Hears how far collecting is, about ten times a second, on the thread that asked for it.
@FunctionalInterface
public interface ProgressListener {
    /// A listener that does nothing.
    ProgressListener NONE = (_, _, _, _) -> {};

    /// So far: `bytesDone` of `bytesTotal` bytes as they came, packed or not, of which came
    /// `records` records and `rejectedLines` lines that are none. The total is 0 when an input is
    /// standard input, of which nobody knows the size, and when there is nothing to read; records
    /// and lines may be counted that turn out to be collected already.
    void progress(long bytesDone, long bytesTotal, long records, long rejectedLines);
}
