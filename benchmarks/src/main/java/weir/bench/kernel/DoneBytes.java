// SPDX-License-Identifier: Apache-2.0
package weir.bench.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The bytes that a benchmark worked on, beside its values or records: JMH prints the time of each
/// as a line of its own. 1 ns a byte is a gigabyte a second; with `-bm thrpt -tu s` it is bytes a
/// second. Confined to one thread.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class DoneBytes {
    /// Added up by the benchmark, and set back by JMH.
    public long bytes;
}
