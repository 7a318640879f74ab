// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

/// What tells the file of a segment from any other: the manifest holds it, so that a file that is
/// shorter, longer or another one is known when it is opened. The footer has the checksums of
/// everything before it, so its own checksum stands for the whole content.
///
/// @param segmentId the number the store gave the segment
/// @param rowCount its rows
/// @param sizeBytes bytes of its file
/// @param footerChecksum CRC32C of its footer
public record SegmentSeal(long segmentId, int rowCount, long sizeBytes, int footerChecksum) {}
