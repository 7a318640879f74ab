// SPDX-License-Identifier: Apache-2.0
/// Where benchmarks are started.
///
/// **Rule:** starts things; measures nothing itself.
@NullMarked
package weir.bench;

import org.jspecify.annotations.NullMarked;
