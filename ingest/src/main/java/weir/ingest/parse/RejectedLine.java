// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

/// A line that is no record.
///
/// @param line its number, from 1
/// @param offsetBytes where it begins in the text
/// @param reason why it is no record
/// @param text its first 1,000 bytes, with what is no UTF-8 replaced
public record RejectedLine(long line, long offsetBytes, String reason, String text) {}
