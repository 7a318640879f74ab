// SPDX-License-Identifier: Apache-2.0
package weir.engine.fault;

import java.nio.file.Path;

/// A commit failed in its last step, when its manifest was complete and stood for the old one, or
/// not: readers may see the commit, and a power cut may take it away.
///
/// Nothing of it may be removed, and nothing built upon it, before a new writer has looked. Doing
/// the same work again is right in both cases for work that notices what is there.
public final class UnknownOutcomeException extends StoreException {
    private static final long serialVersionUID = 1L;

    /// A commit to the store in `directory` that ended in `cause`.
    public UnknownOutcomeException(Path directory, StoreException cause) {
        super(
                directory,
                "it is unknown whether the last commit is in the store ("
                        + cause.getMessage()
                        + "): see to the disk, then run the same again",
                cause);
    }
}
