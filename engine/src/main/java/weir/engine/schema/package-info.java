// SPDX-License-Identifier: Apache-2.0
/// What a table is: named, typed columns, and the IP address as a value.
///
/// **Rule:** no bytes of a file, no rows, no flow logs.
@NullMarked
package weir.engine.schema;

import org.jspecify.annotations.NullMarked;
