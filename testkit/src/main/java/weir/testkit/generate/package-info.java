// SPDX-License-Identifier: Apache-2.0

/// Makes VPC flow logs of any volume: an estate of interfaces, the traffic between them, and the
/// text AWS would have delivered for it.
///
/// **Rule:** the same options give the same bytes on every machine and with any number of threads.
/// So: no clock, no `Random` shared between slices, no `Math` function whose last bit may differ,
/// no iteration over a hash order.
@NullMarked
package weir.testkit.generate;

import org.jspecify.annotations.NullMarked;
