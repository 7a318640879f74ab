// SPDX-License-Identifier: Apache-2.0
/// JMH benchmarks of the groupings, which nobody outside of their package may call.
///
/// **Rule:** as `weir.bench.kernel` has it; only what is not public there stands here.
@NullMarked
package weir.query.exec;

import org.jspecify.annotations.NullMarked;
