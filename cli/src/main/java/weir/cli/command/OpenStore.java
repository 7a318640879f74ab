// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.cli.output.Visible;
import weir.engine.Store;

/// Opens the store that a command works on.
final class OpenStore {
    private OpenStore() {}

    /// The store that `weir`'s options name, for reading.
    ///
    /// @throws CommandFailure when there is none, with how to make one
    static Store existing(@Nullable WeirCommand weir) {
        Path directory = Objects.requireNonNull(weir, "weir").store();
        if (!Files.exists(directory)) {
            throw new CommandFailure(
                    "there is no store at "
                            + Visible.text(directory.toString())
                            + "; make one with: weir ingest "
                            + option(directory)
                            + "PATH... (or name another with --store DIR)");
        }
        return Store.open(directory);
    }

    /// The words that name the store of `weir` in a command: empty where the default does.
    static String option(Path directory) {
        return isDefault(directory) ? "" : "--store " + Visible.text(directory.toString()) + " ";
    }

    private static boolean isDefault(Path directory) {
        return directory.equals(Path.of(WeirCommand.STORE_DEFAULT));
    }
}
