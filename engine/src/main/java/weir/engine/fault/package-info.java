// SPDX-License-Identifier: Apache-2.0
/// Failures that every layer of the engine may throw, and the bounds it keeps.
///
/// **Rule:** a leaf. Nothing here imports another package of Weir, so nobody imports upward for an
/// exception.
@NullMarked
package weir.engine.fault;

import org.jspecify.annotations.NullMarked;
