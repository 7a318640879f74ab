// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import weir.query.value.Allowance;

/// The values that a pipe made of the batch at hand, as they count against the memory limit: until
/// the pipe takes its next batch, whoever reads it may still need them. Belongs to one thread.
final class HeldValues {
    private final QueryContext context;
    private long bytes;

    HeldValues(QueryContext context) {
        this.context = context;
    }

    /// Holds what this thread's expressions made since somebody asked, instead of what was held.
    void replace() {
        long made = Allowance.current().take();
        context.reserve(made - bytes);
        bytes = made;
    }
}
