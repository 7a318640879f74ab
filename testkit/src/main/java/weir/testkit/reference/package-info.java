// SPDX-License-Identifier: Apache-2.0

/// A naive row-by-row reference: reads flow logs by splitting lines, answers by loops over rows.
///
/// **Rule:** clear and slow. No cleverness is allowed here and no code of the product, so that a
/// difference between a query's answer and the reference's is a fault to look at.
@NullMarked
package weir.testkit.reference;

import org.jspecify.annotations.NullMarked;
