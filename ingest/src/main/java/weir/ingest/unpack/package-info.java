// SPDX-License-Identifier: Apache-2.0
/// Unpacking what a library unpacks: zstd, lz4, bzip2, xz and zip; the only package naming
/// commons-compress. (Files of gzip, the form that is delivered, have a package of their own.)
///
/// **Rule:** streams in, streams out; nothing here knows what is packed, and no stream takes more
/// memory than its form's largest window.
@NullMarked
package weir.ingest.unpack;

import org.jspecify.annotations.NullMarked;
