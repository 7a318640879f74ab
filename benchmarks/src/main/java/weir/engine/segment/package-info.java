// SPDX-License-Identifier: Apache-2.0
/// JMH benchmarks of the sorts and splits of a segment, which nobody outside of their package may
/// call.
///
/// **Rule:** as `weir.bench.kernel` has it; only what is not public there stands here.
@NullMarked
package weir.engine.segment;

import org.jspecify.annotations.NullMarked;
