// SPDX-License-Identifier: Apache-2.0
/// The engine's façade: open a store, read snapshots of it, write segments and commit them.
///
/// **Rule:** nothing below may import it. The engine is a store of typed columns and knows nothing
/// of flow logs.
@NullMarked
package weir.engine;

import org.jspecify.annotations.NullMarked;
