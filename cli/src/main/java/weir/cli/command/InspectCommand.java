// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import weir.cli.output.Visible;
import weir.cli.report.SegmentReport;
import weir.cli.terminal.Terminal;
import weir.engine.fault.StoreException;

/// `weir inspect`.
@Command(
        name = "inspect",
        description = {
            "Print the layout of a segment: one row for each part of its file, in their order.",
            "Of a damaged file it prints what can be read, and ends with 1."
        })
final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Mixin private ResultOptions result = new ResultOptions();

    @Parameters(
            paramLabel = "SEGMENT",
            description = "A segment file, or the name of one of the store's.")
    private String segment = "";

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SegmentReport report = SegmentReport.of(path());
        report.print(result.writer(terminal));
        List<StoreException> damage = report.damage();
        damage.forEach(failure ->
                terminal.say(
                        "weir inspect: " + Visible.text(String.valueOf(failure.getMessage()))));
        return damage.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// The file that is meant: the path as it stands, or else the name of a segment of the store.
    private Path path() {
        Path path = Path.of(segment);
        Path stored = Objects.requireNonNull(weir, "weir").store().resolve("segments");
        Path named = stored.resolve(segment);
        boolean isName = path.getNameCount() == 1 && !path.isAbsolute();
        if (Files.exists(path) || !isName) {
            return path;
        }
        if (!Files.exists(named)) {
            throw new CommandFailure(
                    "there is no file "
                            + Visible.text(segment)
                            + ", and no segment of that name in "
                            + Visible.text(stored.toString())
                            + "; SELECT file FROM system.segments lists them");
        }
        return named;
    }
}
