// SPDX-License-Identifier: Apache-2.0
/// Lines that are safe before they are rows: a queue on disk, which a process that is killed leaves
/// to the next one.
///
/// **Rule:** the only package that names Chronicle Queue, and only the live path enters it. What a
/// queue holds is forced before it is said to be safe, and trusted only where its checksum agrees.
@NullMarked
package weir.ingest.journal;

import org.jspecify.annotations.NullMarked;
