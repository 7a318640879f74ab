// SPDX-License-Identifier: Apache-2.0
/// JMH benchmarks of the parser's own stages, which nobody outside of its package may call.
///
/// **Rule:** as `weir.bench.kernel` has it; only what is not public there stands here.
@NullMarked
package weir.ingest.parse;

import org.jspecify.annotations.NullMarked;
