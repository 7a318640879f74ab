// SPDX-License-Identifier: Apache-2.0
/// Weir as a library: a store of flow logs that a program opens, fills and asks.
///
/// **Rule:** nothing here does work of its own; every class puts together what engine, ingest and
/// query do, and none of them knows it.
@NullMarked
package weir;

import org.jspecify.annotations.NullMarked;
