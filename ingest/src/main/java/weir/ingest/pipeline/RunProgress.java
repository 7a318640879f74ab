// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

/// Hears how far a run is, about ten times a second, on the thread that started it.
@FunctionalInterface
public interface RunProgress {
    /// So far: `bytesDone` of `bytesTotal` bytes, 0 when nobody knows how many there will be, of
    /// which came `records` records and `rejectedLines` lines that are none.
    void report(long bytesDone, long bytesTotal, long records, long rejectedLines);
}
