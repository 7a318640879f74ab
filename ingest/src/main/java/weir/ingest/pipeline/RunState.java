// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;

/// What the threads of a run share: counters for the progress, and whether to stop. Safe for many
/// threads.
final class RunState {
    /// Bytes of files read; a unit that is read again counts again.
    final LongAdder bytes = new LongAdder();

    /// Records read; a unit that is read again counts again.
    final LongAdder records = new LongAdder();

    /// Lines rejected; a unit that is read again counts again.
    final LongAdder rejectedLines = new LongAdder();

    private volatile boolean isCancelled;

    void cancel() {
        isCancelled = true;
    }

    /// Ends the work of this thread when the run was cancelled.
    void checkCancelled() {
        if (isCancelled) {
            throw new CancellationException("the run was cancelled");
        }
    }
}
