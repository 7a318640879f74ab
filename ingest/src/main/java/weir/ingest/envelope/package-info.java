// SPDX-License-Identifier: Apache-2.0
/// Records out of the JSON in which CloudWatch Logs subscriptions and Firehose deliver them; the
/// only package of ingest naming Jackson.
///
/// **Rule:** JSON is read as a stream: whatever its size, one message of it is in memory.
@NullMarked
package weir.ingest.envelope;

import org.jspecify.annotations.NullMarked;
