// SPDX-License-Identifier: Apache-2.0
/// Pictures of measurements.
///
/// **Rule:** the only one naming Batik; knows nothing of what was measured.
@NullMarked
package weir.bench.chart;

import org.jspecify.annotations.NullMarked;
