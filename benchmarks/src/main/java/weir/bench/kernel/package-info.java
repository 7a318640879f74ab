// SPDX-License-Identifier: Apache-2.0
/// JMH benchmarks of single stages.
///
/// **Rule:** a benchmark's answer is checked by a test that runs it once; its document says what it
/// measures, in what unit, and what to expect.
@NullMarked
package weir.bench.kernel;

import org.jspecify.annotations.NullMarked;
