// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

import java.io.IOException;

/// What a file holds cannot be collected; the message is the reason.
public final class RefusedContent extends IOException {
    private static final long serialVersionUID = 1L;

    /// Refused because of `reason`.
    public RefusedContent(String reason) {
        super(reason);
    }
}
