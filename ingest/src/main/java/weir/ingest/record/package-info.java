// SPDX-License-Identifier: Apache-2.0
/// The vocabulary of VPC flow logs: the documented fields, the order of fields in one log, and the
/// tables that collecting fills.
///
/// **Rule:** no bytes and no threads; everything here is an immutable value.
@NullMarked
package weir.ingest.record;

import org.jspecify.annotations.NullMarked;
