// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import weir.cli.output.Visible;
import weir.cli.progress.Progress;
import weir.cli.report.VerificationReport;
import weir.cli.terminal.Terminal;
import weir.engine.Store;
import weir.engine.fault.StoreException;
import weir.engine.verify.StoreVerification;
import weir.engine.verify.StoreVerifier;

/// `weir verify`.
@Command(
        name = "verify",
        description = {
            "Prove the store: read every byte of it, and compare checksums, statistics and indexes"
                    + " with the rows.",
            "Ends with 1 when something is damaged, and prints what."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private ResultOptions result = new ResultOptions();

    @Mixin private ProgressOption progress = new ProgressOption();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path directory = OpenedStore.existingDirectory(Objects.requireNonNull(weir, "weir"));
        takeOver(directory);
        long start = System.nanoTime();
        StoreVerification found;
        try (Progress shown = progress.start(terminal)) {
            int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64);
            found = StoreVerifier.verify(directory, threads, shown::show);
        }
        VerificationReport report =
                new VerificationReport(found, (System.nanoTime() - start) / 1e9);
        if (result.isJson()) {
            report.printJson(terminal.out());
        } else if (!found.isSound()) {
            report.printFindings(result.writer(terminal));
        }
        found.notes().forEach(note -> terminal.say("weir verify: " + Visible.text(note)));
        terminal.say("weir verify: " + report.words());
        return found.isSound() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// What a live collection left is proven too; a store that cannot be opened is what the
    /// verification is for.
    private void takeOver(Path directory) {
        try (Store store = Store.open(directory)) {
            OpenedStore.takeOver(store, directory, terminal);
        } catch (StoreException _) {
            // It will be among the findings.
        }
    }
}
