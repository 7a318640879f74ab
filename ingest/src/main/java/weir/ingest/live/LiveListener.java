// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

/// Hears when a session has to wait for the disk. Called by any thread, never by two at once; must
/// return soon.
public interface LiveListener {
    /// A listener that does nothing.
    LiveListener NONE =
            new LiveListener() {
                @Override
                public void stalled(String reason) {}

                @Override
                public void resumed() {}
            };

    /// Nothing can be written for `reason`: nothing more is taken or said to be safe until
    /// [#resumed].
    void stalled(String reason);

    /// Writing works again.
    void resumed();

    /// Something in the journal of this session, which it read because the store could not be
    /// written, is damaged: `remark` says what is lost.
    default void lost(String remark) {}
}
