// SPDX-License-Identifier: Apache-2.0
/// What the commands say about their work: rows about a store, the summary of an ingest.
///
/// **Rule:** facts in, text or rows out; nothing here opens, writes or queries a store.
@NullMarked
package weir.cli.report;

import org.jspecify.annotations.NullMarked;
