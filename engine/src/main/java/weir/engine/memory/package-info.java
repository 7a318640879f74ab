// SPDX-License-Identifier: Apache-2.0
/// Bytes: mapping and reading finished files, building and publishing new ones.
///
/// **Rule:** the only package that names `java.lang.foreign`, `ByteOrder` or CRC32C. Files are
/// written through a [weir.engine.memory.FileLayer] and forced; a file is mapped only after it is
/// finished, and read-only.
@NullMarked
package weir.engine.memory;

import org.jspecify.annotations.NullMarked;
