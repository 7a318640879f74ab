// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Store;
import weir.engine.StoreWriter;
import weir.ingest.journal.JournalFolder;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.record.FlowFormat;

/// What was done about journals that a killed process left.
///
/// @param records records that became rows
/// @param remarks what could not be read of the journals
public record Recovery(long records, List<String> remarks) {

    /// Makes rows of what live sessions of other processes left in `directory`, unless one of them
    /// goes on or somebody else writes to the store, who did the same at first. Costs a look into a
    /// folder when there is nothing to do.
    ///
    /// @return what was done; null when there was nothing to do
    /// @throws weir.engine.fault.StoreException when the store cannot be written
    /// @throws IllegalStateException when the JVM runs without the options that journals need
    public static @Nullable Recovery run(Store store, Path directory) {
        JournalFolder folder = new JournalFolder(directory);
        if (folder.parts().isEmpty()) {
            return null;
        }
        try (StoreWriter writer = store.tryWriter("taking over a live session")) {
            return writer == null
                    ? null
                    : new LiveReplay(store, writer, folder, options(FlowFormat.DEFAULT)).recover();
        }
    }

    static RunOptions options(FlowFormat format) {
        // Rows that are filled and rows that are written: as two threads have.
        return RunOptions.of(format, 2);
    }
}
