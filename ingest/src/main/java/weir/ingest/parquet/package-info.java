// SPDX-License-Identifier: Apache-2.0
/// Records out of Parquet files; the only package naming Hardwood.
///
/// **Rule:** a Parquet file becomes the text that holds the same records, a header line first, so
/// that one parser decides what a record is.
@NullMarked
package weir.ingest.parquet;

import org.jspecify.annotations.NullMarked;
