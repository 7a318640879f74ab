// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// What a generator run wrote.
///
/// @param records flow log records, header lines not counted
/// @param files files written (1 for a stream)
/// @param textBytes bytes of text before compression, headers and line ends included
/// @param writtenBytes bytes that reached the files; equal to `textBytes` without gzip
public record GenerationResult(long records, long files, long textBytes, long writtenBytes) {}
