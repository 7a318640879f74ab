// SPDX-License-Identifier: Apache-2.0
/// Unpacking deflate streams, by the JDK or by a faster library that the system has: ISA-L or
/// libdeflate.
///
/// **Rule:** the only package of ingest that names `java.lang.foreign`. A library is used only
/// after it did in this process what it is expected to do, and it never changes what is read.
@NullMarked
package weir.ingest.inflate;

import org.jspecify.annotations.NullMarked;
