// SPDX-License-Identifier: Apache-2.0
/// Which segments are the table: one small file, replaced as a whole.
///
/// **Rule:** a segment exists when the manifest names it. Publication is write, force, rename,
/// force the directory, and the manifest comes last.
@NullMarked
package weir.engine.manifest;

import org.jspecify.annotations.NullMarked;
